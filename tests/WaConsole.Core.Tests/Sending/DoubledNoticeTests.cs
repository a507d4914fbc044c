using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;
using static WaConsole.Core.Tests.Sending.GateLimitsBench;

namespace WaConsole.Core.Tests.Sending;

/// <summary>Nobody is told the same twice, by whatever channel.</summary>
public sealed class DoubledNoticeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task The_same_notice_goes_to_the_same_person_once_in_its_time_and_again_afterwards(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));

        Assert.Equal("already_told", Code(await bench.ReplyAsync(conversation, Notice("Ana"))));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ben")));
        bench.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
    }

    [Theory, EveryDatabase]
    public async Task The_same_notice_twice_in_one_request_goes_out_once(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        const string phone = "491701234599";
        await SendAsync(bench, phone, "Before");

        var outcomes = await bench.Core.Get<SendToMany>().RunAsync(
            QueueBench.Agent, bench.Core.NumberId, OutboxLane.Broadcast, [One(phone, "Ana"), One(phone, "Ana"), One(phone, "Ben")], Token);

        Assert.IsType<SendReplyOutcome.Queued>(outcomes[0]);
        Assert.Equal("already_told", Code(outcomes[1]));
        Assert.IsType<SendReplyOutcome.Queued>(outcomes[2]);
    }

    [Theory, EveryDatabase]
    public async Task What_failed_was_not_told(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
        await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Id == queued.MessageId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed), Token));

        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
    }

    [Theory]
    [InlineData("UTILITY", "already_told")]
    [InlineData("AUTHENTICATION", null)]
    public void A_code_to_sign_in_may_come_twice_a_notice_not(string category, string? code)
    {
        var content = Notice("123456");
        var template = new TemplateView(1, "notice", "en", category, "APPROVED", "GREEN", null, null, "Hello {{1}}", null, [], [], true, null);
        var facts = new GateFacts(null, new Contact(), new Conversation(), content, template, null, GateMoment.Queueing, QueueBench.Noon)
        {
            NowUtc = QueueBench.Noon,
            Told = [new ToldFact(NoticeFingerprint.Of("notice", content.Values), false, QueueBench.Noon, null, 1, false, 1)],
        };

        Assert.Equal(code, GateLimits.Refuse(facts)?.Code);
    }

    [Theory, EveryDatabase]
    public async Task What_another_channel_told_already_is_not_told_here_and_the_refusal_names_it(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        await KnowAsync(bench, conversation);

        Assert.IsType<RecordNoticeOutcome.Recorded>(await bench.Core.Get<RecordNotice>().RunAsync(
            QueueBench.Agent,
            new OutsideNotice(bench.Core.NumberId, "+49 170 1234567", null, "notice", Notice("Ana").Values, "e-mail"),
            Token));

        var refused = Assert.IsType<SendReplyOutcome.Refused>(await bench.ReplyAsync(conversation, Notice("Ana"))).Why;
        Assert.Equal("already_told", refused.Code);
        Assert.Contains("e-mail", refused.Sentence, StringComparison.Ordinal);
        Assert.NotNull(refused.Remedy);
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ben")));
    }

    [Theory, EveryDatabase]
    public async Task Keys_that_become_one_when_they_are_stored_are_one_here_and_in_what_was_told_elsewhere(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        await KnowAsync(bench, conversation);
        var twice = QueueBench.Template("notice", ("body.1\0", "Ben"), ("body.1", "Ana"));
        Assert.Equal("Ana", Assert.Single(twice.Values.Cleaned().Texts).Value);

        await bench.Core.Get<RecordNotice>().RunAsync(
            QueueBench.Agent, new OutsideNotice(bench.Core.NumberId, "491701234567", null, "notice", twice.Values, "SMS"), Token);

        Assert.Equal("already_told", Code(await bench.ReplyAsync(conversation, Notice("Ana"))));
        Assert.Equal("already_told", Code(await bench.ReplyAsync(conversation, twice)));
    }

    [Theory, EveryDatabase]
    public async Task A_queued_notice_that_another_channel_tells_meanwhile_does_not_leave(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        await KnowAsync(bench, conversation);
        var queued = Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(conversation, Notice("Ana")));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued.MessageId));

        await bench.Core.Get<RecordNotice>().RunAsync(
            QueueBench.Agent, new OutsideNotice(bench.Core.NumberId, "491701234567", null, "notice", Notice("Ana").Values, "SMS"), Token);

        Assert.Equal("already_told", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued.MessageId)).Why.Code);
    }

    [Theory, EveryDatabase]
    public async Task What_no_rule_asks_for_any_more_is_forgotten(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SendAsync(bench, "491701234501", "1");
        bench.Clock.Advance(ToldNotice.Keep + TimeSpan.FromHours(1));
        await SendAsync(bench, "491701234502", "1");

        await bench.Core.Get<ForgetToldWorker>().RunOnceAsync(() => { }, Token);

        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.ToldNotices.CountAsync(Token)));
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.PortfolioReaches.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task What_a_person_was_told_is_known_after_they_were_merged_and_goes_back_when_that_is_undone(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var stays = await bench.ConversationAsync(null);
        var goes = await bench.ConversationAsync(null, phone: "491701234568");
        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(goes, Notice("Ana")));
        var people = await bench.Core.WithDbAsync(db => db.Conversations.OrderBy(c => c.Id).Select(c => c.ContactId).ToListAsync(Token));

        var merged = Assert.IsType<MergePeopleOutcome.Merged>(await bench.Core.Get<MergePeople>().RunAsync(Caller.System, people[0], people[1], Token));
        Assert.Equal("already_told", Code(await bench.ReplyAsync(stays, Notice("Ana"))));
        Assert.IsType<UndoMergeOutcome.Undone>(await bench.Core.Get<UndoMerge>().RunAsync(Caller.System, merged.MergeId, Token));

        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(stays, Notice("Ana")));
    }
}
