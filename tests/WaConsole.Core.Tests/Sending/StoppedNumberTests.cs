using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class StoppedNumberTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_refused_token_stops_the_account_with_a_banner_and_resuming_sends_what_waited(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (_, conversation) = await bench.CustomerAsync();
        bench.Fault(FaultKind.TokenExpired, next: null);

        var message = await bench.QueueAsync(conversation, "Waits for the token");
        await bench.UntilAsync(
            async () => (await bench.Core.Get<ListNumbers>().RunAsync(Caller.System, CancellationToken.None)).All(n => n.SendingStopped is not null),
            "the banner on every number of the account");
        await bench.UntilAsync(message, DeliveryStatus.Queued);
        var refused = Assert.IsType<SendReplyOutcome.Refused>(await bench.Core.Get<SendReply>().RunAsync(
            SendingBench.Agent, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Text("More")), CancellationToken.None));
        Assert.Equal("number_stopped", refused.Why.Code);

        bench.Simulator.World.Faults.Clear(FaultKind.TokenExpired);
        Assert.True(await bench.Core.Get<ResumeSending>().RunAsync(Caller.System, bench.Core.NumberId, CancellationToken.None));

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal(1, await bench.AcceptedAsync(message));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_new_token_starts_a_stopped_account_again_and_the_same_one_does_not(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set
            .SetProperty(a => a.SendingStoppedAtUtc, new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc))
            .SetProperty(a => a.SendingStoppedCode, 190)));
        var settings = TestAccount.Settings(new Uri("http://127.0.0.1:9"));

        await core.Get<ConnectAccount>().RunAsync(Caller.System, settings, CancellationToken.None);
        Assert.NotNull(await StoppedAsync());

        await core.Get<ConnectAccount>().RunAsync(Caller.System, settings with { AccessToken = "another token" }, CancellationToken.None);
        Assert.Null(await StoppedAsync());

        Task<DateTime?> StoppedAsync() => core.WithDbAsync(db => db.BusinessAccounts.Select(a => a.SendingStoppedAtUtc).SingleAsync());
    }
}
