using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>A reading of the registry that was silent for so long that another began, and then goes on.</summary>
public sealed class TakenOverCheckTests
{
    private static readonly Caller Ana = new(1, "Ana", Role.Admin, null);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
    private readonly HeldReadings _readings = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    [Theory, EveryDatabase]
    public async Task It_stops_when_it_would_tell_how_far_it_is_and_leaves_the_row_to_the_other(DatabaseProvider provider)
    {
        await using var core = await StartAsync(provider);
        var first = await BeginAsync(core);
        await GoSilentAsync(core);
        var second = await BeginAsync(core);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(() => Task.FromResult(first.IsCompleted), "the first reading stops");

        Assert.False(await first);
        var check = await ReadAsync(core);
        Assert.Equal((null, true), (check.EndedAtUtc, check.Running is not null));
        _readings.LetGo(1);
        Assert.True(await second);
        Assert.Equal((Now, "Ana", false), ((await ReadAsync(core)).EndedAtUtc, (await ReadAsync(core)).ByName, (await ReadAsync(core)).IsUnderWay));
    }

    [Theory, EveryDatabase]
    public async Task What_it_finds_in_the_end_is_not_kept_over_what_the_other_found(DatabaseProvider provider)
    {
        await using var core = await StartAsync(provider);
        var first = await BeginAsync(core);
        await GoSilentAsync(core);
        var second = await BeginAsync(core);
        _readings.LetGo(1);
        Assert.True(await second);
        var ended = Now;

        // Less than until the first tells how far it is.
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        _readings.LetGo(0);

        Assert.False(await first);
        Assert.Equal(ended, (await ReadAsync(core)).EndedAtUtc);
        Assert.Equal(1, await core.WithDbAsync(db => db.ConsentAudits.CountAsync(a => a.Deed == ConsentDeed.Verified, Token)));
    }

    [Theory, EveryDatabase]
    public async Task Its_fault_does_not_end_the_others_reading(DatabaseProvider provider)
    {
        await using var core = await StartAsync(provider);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = await BeginAsync(core, stopping.Token);
        await GoSilentAsync(core);
        var second = await BeginAsync(core);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull((await ReadAsync(core)).Running);
        _readings.LetGo(1);
        Assert.True(await second);
    }

    private async Task<CoreHost> StartAsync(DatabaseProvider provider)
    {
        var core = await CoreHost.StartAsync(provider, new CoreHostOptions
        {
            Clock = _clock,
            Services = services => services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(_readings)),
        });
        Assert.True(await core.Get<AskForCheck>().RunAsync(Ana, Token));
        return core;
    }

    /// <summary>Up to where it is held.</summary>
    private async Task<Task<bool>> BeginAsync(CoreHost core, CancellationToken? stopping = null)
    {
        var before = _readings.Count;
        var reading = core.Get<VerifyDaily>().RunAsync(() => { }, stopping ?? Token);
        await Until.TrueAsync(() => Task.FromResult(_readings.Count > before), "the registry is read");
        return reading;
    }

    private Task GoSilentAsync(CoreHost core)
    {
        var before = Now - RunCheck.SilentAtMost - TimeSpan.FromSeconds(1);
        return core.WithDbAsync(db => db.ConsentChecks.ExecuteUpdateAsync(set => set.SetProperty(c => c.BeatAtUtc, before), Token));
    }

    private static async Task<RegistryCheck> ReadAsync(CoreHost core) => (await core.Get<ReadRegistryCheck>().RunAsync(Ana, Token))!;

    /// <summary>Every reading waits where it counts the marks there are, once at its beginning, as long as it is not stopped.</summary>
    private sealed class HeldReadings : DbCommandInterceptor
    {
        private readonly Lock _gate = new();
        private readonly List<TaskCompletionSource> _held = [];

        public int Count
        {
            get
            {
                lock (_gate)
                {
                    return _held.Count;
                }
            }
        }

        public void LetGo(int which)
        {
            lock (_gate)
            {
                _held[which].SetResult();
            }
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT COUNT(*)", StringComparison.OrdinalIgnoreCase)
                && command.CommandText.Contains("FROM \"ConsentSuppressions\"", StringComparison.Ordinal))
            {
                var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                lock (_gate)
                {
                    _held.Add(held);
                }

                await held.Task.WaitAsync(cancellationToken);
            }

            return result;
        }
    }
}
