using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class TemplateSyncWorkerTests
{
    [Fact]
    public async Task A_database_that_is_away_for_a_moment_does_not_end_the_program()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var away = new AwayAtFirst(core.Get<IDbContextFactory<WaConsoleDb>>());
        var clock = new FakeTimeProvider();
        var live = new LiveUpdates(clock);
        var store = new Store(away, core.Get<SearchLane>(), core.Get<ReadLimits>());
        using var directory = new AccountDirectory(store, core.Get<IDataProtectionProvider>(), live);
        using var worker = new TemplateSyncWorker(
            store, directory, core.Get<SyncTemplates>(), live, new Heartbeats(clock), clock, NullLogger<TemplateSyncWorker>.Instance);

        await worker.StartAsync(CancellationToken.None);
        await Until.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return away.Asked > 2;
            },
            "it looks again");

        Assert.False(worker.ExecuteTask!.IsCompleted);
        await worker.StopAsync(CancellationToken.None);
    }

    private sealed class AwayAtFirst(IDbContextFactory<WaConsoleDb> real) : IDbContextFactory<WaConsoleDb>
    {
        public int Asked { get; private set; }

        public WaConsoleDb CreateDbContext() => ++Asked <= 2 ? throw new TimeoutException("Nobody answers.") : real.CreateDbContext();
    }
}
