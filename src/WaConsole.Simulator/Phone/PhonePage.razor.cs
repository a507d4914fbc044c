using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

/// <summary>The phone of a simulated customer. The host gives it a layout, and decides who may open it.</summary>
public sealed partial class PhonePage(SimulatedWhatsApp world, IJSRuntime js) : IAsyncDisposable
{
    private const int MostCustomers = 200;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _gone = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _language = CultureInfo.CurrentUICulture;
    private IReadOnlyList<CustomerOverview> _rows = [];
    private ChatView? _chat;
    private string? _customerId;
    private string? _numberId;
    private string? _search;
    private DateTimeOffset _now;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ITimer? _minute;
    private int _wanted;

    /// <summary>The customer to show first, from the address.</summary>
    [SupplyParameterFromQuery(Name = "customer")]
    public string? Customer { get; set; }

    private SimulatedWhatsApp World => world;

    public async ValueTask DisposeAsync()
    {
        world.Changed -= OnChanged;
        if (_minute is not null)
        {
            await _minute.DisposeAsync();
        }

        await _gone.CancelAsync();
        _gone.Dispose();
    }

    protected override void OnInitialized()
    {
        // Listening comes before reading, so that nothing falls between.
        world.Changed += OnChanged;
        _minute = world.Clock.CreateTimer(_ => Want(), null, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));
        Load();
        _customerId = Customer is not null && world.FindCustomer(Customer) is not null ? Customer : _rows.FirstOrDefault()?.Customer.Id;
        Load();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            await using var module = await js.InvokeAsync<IJSObjectReference>("import", PhoneScreen.Module);
            var zone = await module.InvokeAsync<string>("timeZone");
            if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known))
            {
                _zone = known;
                StateHasChanged();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it was loading.
        }
    }

    private void Pick(string customerId)
    {
        _customerId = customerId;
        Load();
    }

    private void PickNumber(string numberId)
    {
        _numberId = numberId;
        Load();
    }

    private void Search(string? search)
    {
        _search = search;
        Load();
    }

    private void Load()
    {
        _now = world.Clock.GetUtcNow();
        _rows = world.Overview(_search, MostCustomers);
        _chat = _customerId is null ? null : world.FindChat(_customerId, _numberId);
    }

    private void OnChanged(object? sender, WorldChange change) => Want();

    // The first change draws at once; those of the next tenth of a second draw together.
    private void Want()
    {
        if (Interlocked.Exchange(ref _wanted, 1) == 0)
        {
            _ = InvokeAsync(RefreshAsync);
        }
    }

    private async Task RefreshAsync()
    {
        // The world's changes come from whoever makes them, in their language.
        CultureInfo.CurrentCulture = _culture;
        CultureInfo.CurrentUICulture = _language;
        try
        {
            Volatile.Write(ref _wanted, 2);
            Load();
            StateHasChanged();
            await Task.Delay(Quiet, world.Clock, _gone.Token);
            if (Interlocked.CompareExchange(ref _wanted, 0, 2) != 2)
            {
                await RefreshAsync();
            }
        }
        catch (Exception stop) when (stop is OperationCanceledException or ObjectDisposedException && _gone.IsCancellationRequested)
        {
            // The page was closed meanwhile.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }
}
