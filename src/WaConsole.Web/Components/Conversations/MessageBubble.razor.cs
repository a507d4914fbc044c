using System.Globalization;
using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>An emoji that was chosen for a message; null takes ours back.</summary>
public sealed record Reacted(ThreadLine Line, string? Emoji);

public sealed partial class MessageBubble
{
    /// <summary>What an address can carry; a longer text is copied by hand.</summary>
    private const int MaxCanned = 500;

    private (ThreadLine Line, bool Starts)? _drawn;
    private bool _changed;
    private string _class = "";
    private string _at = "";
    private string _spoken = "";
    private string _canned = "";
    private bool _reacting;
    private ElementReference _react;

    [Parameter, EditorRequired] public required ThreadLine Line { get; set; }
    [Parameter, EditorRequired] public required ViewerClock Viewer { get; set; }
    [Parameter] public bool StartsGroup { get; set; }
    [Parameter] public string CustomerName { get; set; } = "";
    [Parameter] public EventCallback<ThreadLine> OnQuote { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnAgain { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnUndo { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnForward { get; set; }
    [Parameter] public EventCallback<Reacted> OnReact { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnDetails { get; set; }

    /// <summary>Whoever looks: only they take back what they sent.</summary>
    [Parameter] public long? Me { get; set; }

    /// <summary>WhatsApp must know the message.</summary>
    public static bool MayReact(ThreadLine line) =>
        line.Direction == MessageDirection.Inbound || line.Status is >= DeliveryStatus.Accepted and not DeliveryStatus.Failed;

    protected override bool ShouldRender() => _changed;

    protected override void OnParametersSet()
    {
        _changed = _drawn != (Line, StartsGroup);
        if (!_changed)
        {
            return;
        }

        _drawn = (Line, StartsGroup);
        var outbound = Line.Direction == MessageDirection.Outbound;
        _class = string.Join(' ', [
            outbound ? "line line-out" : "line line-in",
            .. StartsGroup ? ["line-first"] : Array.Empty<string>(),
            .. Line.Kind == MessageKind.Sticker && Line.Media is not null ? ["line-bare"] : Array.Empty<string>(),
            .. Line.Status == DeliveryStatus.Failed ? ["line-failed"] : Array.Empty<string>(),
        ]);
        _at = Line.SentAtUtc.ToString("O", CultureInfo.InvariantCulture);
        _canned = "settings/replies?text=" + Uri.EscapeDataString(Line.Text.Length <= MaxCanned ? Line.Text : "");
        _spoken = T[outbound ? "SpokenOut" : "SpokenIn", CustomerName, Viewer.Exact(Line.SentAtUtc)];
    }

    private Task Quote() => OnQuote.InvokeAsync(Line);

    private void ToggleReactions() => (_reacting, _changed) = (!_reacting, true);

    private async Task ReactAsync(string? emoji)
    {
        await CloseReactionsAsync();
        await OnReact.InvokeAsync(new Reacted(Line, emoji));
    }

    /// <summary>The focus goes back to where it came from before what holds it leaves the page.</summary>
    private async Task CloseReactionsAsync()
    {
        await _react.FocusAsync(preventScroll: true);
        (_reacting, _changed) = (false, true);
    }

    private Task Details() => OnDetails.InvokeAsync(Line);

    private Task Forward() => OnForward.InvokeAsync(Line);

    private Task Undo() => OnUndo.InvokeAsync(Line);

    private Task Again() => OnAgain.InvokeAsync(Line);
}
