using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class TidyWorkerTests
{
    [Theory]
    [EveryDatabase]
    public async Task Webhooks_are_worked_off_while_tidying_takes_its_time(DatabaseProvider provider)
    {
        var tidying = new HeldTidying();
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions
        {
            Workers = true,
            Services = services => services.ConfigureDbContext<WaConsoleDb>(options => options.AddInterceptors(tidying)),
        });
        try
        {
            await tidying.Begun;
            Assert.Contains(bench.Core.Get<Heartbeats>().Read(), sign => sign.Worker == Worker.Tidying);
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello"))));

            await Until.TrueAsync(async () => (await bench.CountAsync()) is { Pending: 0, Stored: 1 }, "the message in its thread");
        }
        finally
        {
            tidying.Release();
        }
    }

    [Theory]
    [EveryDatabase]
    public async Task What_was_worked_off_long_ago_is_removed_and_what_still_waits_is_kept(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.recent", "Hello")));
        await bench.Core.WithDbAsync(async db =>
        {
            var old = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-15);
            db.Deliveries.AddRange(Enumerable.Range(0, 450).Select(_ => new Delivery { State = DeliveryState.Done, ReceivedAtUtc = old, ProcessedAtUtc = old }));
            await db.SaveChangesAsync();
        });
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hooks.Messages(Hooks.Text("wamid.waits", "Hello"))));

        var signs = 0;
        await bench.Core.Get<TidyIntake>().RunAsync(() => signs++, CancellationToken.None);

        Assert.Equal(3, signs);
        var kept = await bench.Core.WithDbAsync(db => db.Deliveries.OrderBy(d => d.Id).Select(d => d.State).ToListAsync());
        Assert.Equal([DeliveryState.Done, DeliveryState.Pending], kept);
    }

    /// <summary>Holds the first thing tidying asks of the database until it is released.</summary>
    private sealed class HeldTidying : DbCommandInterceptor
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);

        public void Release() => _released.TrySetResult();

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("\"Id\" >", StringComparison.Ordinal) && command.CommandText.Contains("\"ParkedItems\"", StringComparison.Ordinal))
            {
                _begun.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
            }

            return result;
        }
    }
}
