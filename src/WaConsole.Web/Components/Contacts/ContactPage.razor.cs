using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Labels;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Contacts;

/// <summary>One person: reads, hands parts their share, and reads again when anything about them changes.</summary>
public sealed partial class ContactPage(
    ContactVerbs verbs, CurrentCaller current, LiveUpdates live, WhatsAppClock whatsApp, NavigationManager navigation, IJSRuntime js)
    : LivePanel
{
    private readonly BrowserModule _zone = new(js, "Conversations/Inbox");
    private ContactView? _view;
    private ViewerClock? _viewer;
    private LabelBook _labels = LabelBook.Empty;
    private long? _shown;
    private readonly LatestReading _readings = new();
    private bool _mayChange;
    private bool _missing;
    private bool _renaming;
    private bool _merging;
    private string? _problem;

    [Inject] public required IStringLocalizer<ContactTexts> Text { get; set; }
    [Inject] public required IStringLocalizer<OptIns.OptInTexts> OptInText { get; set; }

    [Parameter] public long Id { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var caller = await current.ReadAsync(Gone);
        _mayChange = caller.MayUseInbox;
        Hear(live.Subscribe<ContactChanged>(change => change.ContactId == Id || change.ContactId == _view?.Id, () => RefreshAsync(ReadAsync)));

        // While the person is read for the first time it is not known which threads are theirs.
        Hear(live.Subscribe<InboxChanged>(
            change => _view is { } view ? view.Threads.Any(thread => thread.Id == change.ConversationId) : !_missing, () => RefreshAsync(ReadAsync)));
        Hear(live.Subscribe<LabelsChanged>(_ => true, () => RefreshAsync(ReadLabelsAsync)));
        Hear(live.Subscribe<ContactFieldsChanged>(_ => true, () => RefreshAsync(ReadAsync)));
        Hear(live.Subscribe<ClockChanged>(_ => true, () => RefreshAsync(ReadAsync)));
        await ReadLabelsAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            _shown = Id;
            (_view, _problem, _merging, _renaming) = (null, null, false, false);
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _viewer = ViewerClock.For((await current.ReadAsync(Gone)).TimeZone ?? await _zone.AskAsync<string?>("zone"));
            StateHasChanged();
        }
    }

    protected override ValueTask LeaveBrowserAsync() => _zone.DisposeAsync();

    private async Task ReadAsync()
    {
        var asked = _readings.Ask();
        var view = await verbs.Read.RunAsync(await current.ReadAsync(Gone), Id, Gone);
        if (!_readings.Stands(asked))
        {
            return;
        }

        _view = view;
        _missing = view is null;
    }

    private async Task ReadLabelsAsync() => _labels = new LabelBook(await verbs.Labels.RunAsync(await current.ReadAsync(Gone), Gone));

    private async Task LabelAsync(LabelWish wish) =>
        await verbs.Label.RunAsync(await current.ReadAsync(Gone), _view!.Id, wish.Add, wish.Remove, Gone);

    private async Task UndoAsync(long mergeId)
    {
        var outcome = await verbs.Undo.RunAsync(await current.ReadAsync(Gone), mergeId, Gone);
        _problem = (outcome as UndoMergeOutcome.Refused)?.Sentence;
        if (outcome is UndoMergeOutcome.Undone undone && undone.RestoredId == Id)
        {
            navigation.Refresh();
        }
    }
}
