using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Labels;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>A status to set, with the end of a snooze.</summary>
public sealed record StatusWish(ConversationStatus Status, DateTime? UntilUtc = null);

public sealed partial class ThreadHeader
{
    private string _tone = "calm";
    private bool _choosing;

    [Parameter, EditorRequired] public required ConversationView View { get; set; }
    [Parameter, EditorRequired] public required ViewerClock Viewer { get; set; }

    /// <summary>WhatsApp's time, for the window.</summary>
    [Parameter, EditorRequired] public required DateTime Now { get; set; }
    [Parameter] public IReadOnlyList<Assignee> Assignees { get; set; } = [];
    [Parameter] public LabelBook Labels { get; set; } = LabelBook.Empty;
    [Parameter] public long? Me { get; set; }
    [Parameter] public string BackHref { get; set; } = "inbox";
    [Parameter] public EventCallback<long?> OnAssign { get; set; }
    [Parameter] public EventCallback<StatusWish> OnStatus { get; set; }
    [Parameter] public EventCallback OnUnread { get; set; }
    [Parameter] public EventCallback<LabelWish> OnLabel { get; set; }

    protected override void OnParametersSet() => _tone = WindowFace.At(View.Window, Now).Tone.ToString().ToLowerInvariant();

    private Task AssignMe() => OnAssign.InvokeAsync(Me);

    private Task AssignNobody() => OnAssign.InvokeAsync(null);

    private Task Resolve() => OnStatus.InvokeAsync(new StatusWish(ConversationStatus.Resolved));

    private Task Reopen() => OnStatus.InvokeAsync(new StatusWish(ConversationStatus.Open));

    private Task SetPending() => OnStatus.InvokeAsync(new StatusWish(ConversationStatus.Pending));

    private Task SnoozeUntilAsync(DateTime untilUtc)
    {
        _choosing = false;
        return SnoozeAsync(untilUtc);
    }

    private Task SnoozeAsync(DateTime? untilUtc) => OnStatus.InvokeAsync(new StatusWish(ConversationStatus.Snoozed, untilUtc));
}
