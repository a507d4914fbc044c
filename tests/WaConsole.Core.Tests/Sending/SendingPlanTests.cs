using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Conversations;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What a sender reads for each batch does not grow with what was sent, nor with what waits: 100,000 messages, 40,000 of them to be sent.</summary>
[Collection(nameof(PlanHosts))]
public sealed class SendingPlanTests(PlanHosts hosts)
{
    private const int Places = 80;

    [Theory, EveryDatabase]
    public async Task The_next_rows_of_a_number_are_found_without_the_others(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        IReadOnlyList<DueRow> due = [];

        var plans = await hosts.Seen.PlansAsync(
            host, async () => due = await host.Get<OutboxQueue>().NextAsync(host.NumberId, Places * 2, Places, CancellationToken.None));

        Assert.Equal(100, due.Count(row => row.Row.Lane == OutboxLane.Agent));
        Assert.Equal(60, due.Count(row => row.Row.Lane == OutboxLane.Broadcast));
        var lanes = plans.Where(IsOfOutbox).ToList();
        Assert.Equal(3, lanes.Count);
        Assert.All(lanes, plan =>
        {
            Assert.Contains("IX_Outbox_NumberId_Lane_NextAttemptAtUtc_Id", plan.Text, StringComparison.Ordinal);

            // Eight messages to each of a hundred people are looked at.
            PlanAssert.DoesNotGrow(provider, plan, 8 * 100);
        });
    }

    [Theory, EveryDatabase]
    public async Task Numbers_that_have_something_to_send_and_when_the_next_is_due_are_found_by_one_row_each(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        IReadOnlyList<DueNumber> numbers = [];
        DateTime? next = null;

        var plans = await hosts.Seen.PlansAsync(host, async () =>
        {
            numbers = await host.Get<OutboxQueue>().DueNumbersAsync(CancellationToken.None);
            next = await host.Get<OutboxQueue>().NextDueAsync(CancellationToken.None);
        });

        Assert.Equal(host.NumberId, Assert.Single(numbers).NumberId);
        Assert.NotNull(next);
        var asked = plans.Where(IsOfOutbox).ToList();
        Assert.Equal(2, asked.Count);
        Assert.All(asked, plan => PlanAssert.DoesNotGrow(provider, plan, 50));
    }

    [Theory, EveryDatabase]
    public async Task Rows_whose_holder_vanished_or_whose_deadline_passed_are_found_without_those_that_wait(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        var plans = await hosts.Seen.PlansAsync(host, () => host.Get<SweepOutbox>().RunAsync(CancellationToken.None));

        Assert.Equal(2, plans.Count);
        Assert.Contains("IX_Outbox_LeasedUntilUtc", plans[0].Text, StringComparison.Ordinal);
        Assert.Contains("IX_Outbox_DeadlineAtUtc", plans[1].Text, StringComparison.Ordinal);
        Assert.All(plans, plan => PlanAssert.DoesNotGrow(provider, plan, 10));
    }

    [Theory, EveryDatabase]
    public async Task The_gate_reads_a_few_rows_of_each_person_it_is_asked_about(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        ReplyContent[] contents = [new ReplyContent.Text("Hello"), new ReplyContent.Template(PlanHosts.Template, "en", TemplateValues.None)];
        foreach (var content in contents)
        {
            IReadOnlyList<GateAnswer> answers = [];

            var plans = await hosts.Seen.PlansAsync(host, () => host.WithDbAsync(async db =>
            {
                // People who belong to the first number, as each hundredth does not.
                var talks = await db.Conversations.AsNoTracking().Where(c => c.Id > 50_000 && c.Id <= 50_000 + Places).ToListAsync();
                answers = await host.Get<SendGate>().AskToSendAsync(
                    db,
                    [.. talks.Select(talk => new GateQuestion(talk, PlanHosts.KeyOf((int)talk.Id), content) { MessageId = talk.Id })],
                    CancellationToken.None);
            }));

            Assert.Equal(Places, answers.Count);
            Assert.True(plans.Count >= 3, $"{plans.Count} questions");
            Assert.All(plans, plan => PlanAssert.DoesNotGrow(provider, plan, 5 * Places));
        }
    }

    private static bool IsOfOutbox(Plan plan) => plan.Sql.Contains("\"Outbox\"", StringComparison.Ordinal);
}
