using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Capture;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>A stop of more than offers holds templates back at once, though the message that carries it opens the service window.</summary>
public sealed class StoppedInWindowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task STOP_ALL_opens_a_window_for_an_answer_and_for_no_template_until_they_write_again(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "1")).MessageId;

        await WriteAsync(bench, "wamid.2", "stop all");

        Assert.Equal("opted_out_all", await CodeAsync(bench, "2"));
        Assert.Equal("opted_out_all", CodeOf(await AtSendingAsync(bench, queued)));
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, new ReplyContent.Text("We are sorry to see you go")));

        await WriteAsync(bench, "wamid.3", "Where is my parcel?");
        Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "3"));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued));

        await WriteAsync(bench, "wamid.4", "stop all");
        Assert.Equal("opted_out_all", await CodeAsync(bench, "4"));
        Assert.Equal("opted_out_all", CodeOf(await AtSendingAsync(bench, queued)));
    }

    [Theory, EveryDatabase]
    public async Task So_it_is_where_WhatsApps_clock_runs_ahead(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);

        await WriteAsync(bench, "wamid.2", "stop all", ahead: TimeSpan.FromMinutes(2));

        Assert.Equal("opted_out_all", await CodeAsync(bench, "1"));
    }

    [Theory, EveryDatabase]
    public async Task A_stop_told_by_a_colleague_or_a_program_counts_in_a_window_that_stands_open(DatabaseProvider provider)
    {
        foreach (var (stopped, category) in ((ConsentPurpose, string)[])
            [(ConsentPurpose.All, "UTILITY"), (ConsentPurpose.Utility, "UTILITY"), (ConsentPurpose.All, "AUTHENTICATION"), (ConsentPurpose.Authentication, "AUTHENTICATION")])
        {
            await using var bench = await StartAsync(provider, category);
            var queued = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, "1")).MessageId;
            bench.Clock.Advance(TimeSpan.FromMinutes(10));

            Assert.IsType<RecordOptOutOutcome.Recorded>(await bench.Core.Get<RecordOptOut>().RunAsync(
                Caller.System, await bench.ContactAsync(), new OptOutRequest(stopped, ConsentSource.Api), Token));

            Assert.Equal("opted_out_all", await CodeAsync(bench, "2"));
            Assert.Equal("opted_out_all", CodeOf(await AtSendingAsync(bench, queued)));
        }
    }

    [Theory, EveryDatabase]
    public async Task Who_was_erased_after_they_stopped_everything_asks_for_no_template_by_a_greeting(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await WriteAsync(bench, "wamid.2", "stop all");
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ErasePersonOutcome.Erased>(await bench.Core.Get<ErasePerson>().RunAsync(
            Caller.System, await bench.ContactAsync(), (await bench.Intake.ConversationAsync()).Contact.ProfileName!, Token));
        bench.Clock.Advance(TimeSpan.FromDays(1));

        await WriteAsync(bench, "wamid.3", "Hello");

        Assert.Equal("opted_out_all", await CodeAsync(bench, "1"));
    }

    private static async Task<CaptureBench> StartAsync(DatabaseProvider provider, string category = "UTILITY")
    {
        var bench = await CaptureBench.StartAsync(provider);
        await SeedTemplate.WriteAsync(bench.Core.Get<Store>(), bench.Core.NumberId, "notice", category, """[{"type":"BODY","text":"Hello {{1}}"}]""");
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        return bench;
    }

    private static async Task WriteAsync(CaptureBench bench, string wamid, string text, TimeSpan ahead = default)
    {
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text(wamid, text, bench.Clock.GetUtcNow().UtcDateTime + ahead)));
    }

    private static async Task<SendReplyOutcome> SendAsync(CaptureBench bench, ReplyContent content) => await bench.Core.Get<SendReply>().RunAsync(
        QueueBench.Agent, new Reply((await bench.Intake.ConversationAsync()).Id, Guid.CreateVersion7(), content), Token);

    private static Task<SendReplyOutcome> SendAsync(CaptureBench bench, string name) => SendAsync(bench, QueueBench.Template("notice", ("body.1", name)));

    private static async Task<string> CodeAsync(CaptureBench bench, string name) => Assert.IsType<SendReplyOutcome.Refused>(await SendAsync(bench, name)).Why.Code;

    private static string CodeOf(GateAnswer answer) => Assert.IsType<GateAnswer.Refused>(answer).Why.Code;

    private static async Task<GateAnswer> AtSendingAsync(CaptureBench bench, long messageId)
    {
        await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
        var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == messageId, Token);
        var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = messageId };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    }
}
