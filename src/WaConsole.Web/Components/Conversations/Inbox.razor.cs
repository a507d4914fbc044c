using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Wires the three columns to the address: selection and filters live there.</summary>
public sealed partial class Inbox(
    CurrentCaller current, ListNumbers numbers, LiveUpdates live, WhatsAppClock whatsApp, NavigationManager navigation, IJSRuntime js)
    : LivePanel
{
    private readonly BrowserModule _browser = new(js, "Conversations/Inbox");
    private ElementReference _root;
    private ConversationList? _list;
    private InboxView _view = InboxView.Default;
    private ViewerClock? _viewer;
    private IReadOnlyList<NumberView> _numbers = [];
    private bool _allowed;
    private int _reconnects;

    [Parameter] public long? Id { get; set; }

    [SupplyParameterFromQuery(Name = "tab")] public string? Tab { get; set; }
    [SupplyParameterFromQuery(Name = "status")] public string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? Sort { get; set; }
    [SupplyParameterFromQuery(Name = "number")] public string? Number { get; set; }
    [SupplyParameterFromQuery(Name = "label")] public string? Label { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }
    [SupplyParameterFromQuery(Name = "agent")] public string? Agent { get; set; }
    [SupplyParameterFromQuery(Name = "kind")] public string? Kind { get; set; }
    [SupplyParameterFromQuery(Name = "from")] public string? From { get; set; }
    [SupplyParameterFromQuery(Name = "to")] public string? To { get; set; }

    /// <summary>The message a search found in the conversation.</summary>
    [SupplyParameterFromQuery(Name = "at")] public string? At { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Hear(live.Subscribe<ClockChanged>(_ => true, () => RefreshAsync(TellTimeAsync)));
        Hear(live.Subscribe<NumbersChanged>(_ => true, () => RefreshAsync(ReadAsync)));
        await ReadAsync();
    }

    protected override void OnParametersSet()
    {
        var view = InboxView.Read(new InboxAddress(Tab, Status, Sort, Number, Search, Label, Agent, Kind, From, To));
        _view = view == _view ? _view : view;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new
            {
                now = Milliseconds(whatsApp.UtcNow),
                circumference = WindowFace.Circumference,
                words = new { now = T["Now"].Value, minutes = T["Minutes"].Value, hours = T["Hours"].Value, closed = T["RingClosed"].Value },
            });
            _viewer = ViewerClock.For((await current.ReadAsync(Gone)).TimeZone ?? await _browser.AskAsync<string?>("zone"));
            StateHasChanged();
        }
    }

    /// <summary>The connection came back: what was pushed meanwhile may be lost, so every panel reads again.</summary>
    [JSInvokable]
    public async Task ReconnectedAsync()
    {
        await TellTimeAsync();
        _reconnects++;
        StateHasChanged();
    }

    protected override ValueTask LeaveBrowserAsync() => _browser.DisposeAsync();

    private async Task ReadAsync()
    {
        var caller = await current.ReadAsync(Gone);
        _allowed = caller.MayUseInbox;
        _numbers = _allowed ? await numbers.RunAsync(caller, Gone) : [];
    }

    private async Task TellTimeAsync() => await _browser.TellAsync("setNow", Milliseconds(whatsApp.UtcNow));

    private Task<string?> ResolveAsync(ConversationView view) => _list?.ResolveAsync(view) ?? Task.FromResult<string?>(null);

    private void Show(InboxView view) =>
        navigation.NavigateTo(view.PathTo(Id), replace: view with { Search = "" } == _view with { Search = "" });

    private static long Milliseconds(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
