using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using static WaConsole.Core.Tests.Sending.GateLimitsBench;

namespace WaConsole.Core.Tests.Sending;

/// <summary>Nobody gets message after message without having answered.</summary>
public sealed class SpamGuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Whoever_gets_too_many_messages_without_answering_gets_no_more_until_they_write_or_time_passes(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { UnansweredAtMost = 3, UnansweredMinutes = 10 });
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        for (var count = 0; count < 3; count++)
        {
            Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation));
        }

        var refused = Assert.IsType<SendReplyOutcome.Refused>(await bench.TextAsync(conversation)).Why;
        Assert.Equal("too_many_unanswered", refused.Code);
        Assert.Contains("2026-11-24 12:10", refused.Remedy, StringComparison.Ordinal);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(conversation));
        Assert.Equal(1, (await bench.ReadAsync(conversation)).UnansweredCount);
    }

    [Theory, EveryDatabase]
    public async Task Two_numbers_of_the_console_do_not_double_what_one_person_gets_and_an_answer_to_either_counts(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.RulesAsync(new GateSettings { UnansweredAtMost = 3, UnansweredMinutes = 10 });
        var first = await bench.ConversationAsync(QueueBench.Noon.AddHours(5));
        var second = await bench.Core.WithDbAsync(async db =>
        {
            var talk = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == first, Token);
            var other = new Number { BusinessAccountId = bench.Core.AccountId, PhoneNumberId = "2", DisplayPhoneNumber = "", Name = "Second", Quality = "", Status = "" };
            db.Numbers.Add(other);
            await db.SaveChangesAsync(Token);
            var beside = new Conversation
            {
                ContactId = talk.ContactId,
                NumberId = other.Id,
                LastActivityAtUtc = talk.LastActivityAtUtc,
                WindowOpenedAtUtc = talk.WindowOpenedAtUtc,
                WindowExpiresAtUtc = talk.WindowExpiresAtUtc,
                CreatedAtUtc = talk.CreatedAtUtc,
            };
            db.Conversations.Add(beside);
            await db.SaveChangesAsync(Token);
            return beside.Id;
        });
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(first));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(first));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(second));

        Assert.Equal("too_many_unanswered", Code(await bench.TextAsync(second)));
        Assert.Equal("too_many_unanswered", Code(await bench.TextAsync(first)));
        await bench.Core.WithDbAsync(async db =>
        {
            var answered = await db.Conversations.SingleAsync(c => c.Id == second, Token);
            answered.Answered();
            answered.WindowOpenedAtUtc = QueueBench.Noon.AddMinutes(1);
            await db.SaveChangesAsync(Token);
        });
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(second));
    }
}
