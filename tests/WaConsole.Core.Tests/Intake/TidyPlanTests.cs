using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Conversations;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>Tidying beside 100,000 parked items, bodies and marks: what a round reads does not grow with them.</summary>
[Collection(nameof(PlanHosts))]
public sealed class TidyPlanTests(PlanHosts hosts)
{
    /// <summary>Parked items of one look.</summary>
    private const int MostRows = 5_000;

    [Theory, EveryDatabase]
    public async Task A_round_of_tidying_reads_ranges_of_indexes(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);

        // Two rounds: one may find that it has looked at everything, and then the next begins anew.
        var plans = await hosts.Seen.PlansAsync(
            host,
            async () =>
            {
                await host.Get<TidyIntake>().RunAsync(() => { }, CancellationToken.None);
                await host.Get<TidyIntake>().RunAsync(() => { }, CancellationToken.None);
            });

        var parked = Of("\"Id\" >");
        var appeared = Of("FROM \"Messages\"");
        var expired = Of("\"ExpiresAtUtc\" <=");
        var bodies = Of("\"ProcessedAtUtc\" <");
        var marks = Of("\"HandledAtUtc\" <");
        Assert.Contains("IX_ParkedItems_ExpiresAtUtc", expired.Text, StringComparison.Ordinal);
        Assert.Contains("IX_Deliveries_ProcessedAtUtc", bodies.Text, StringComparison.Ordinal);
        Assert.Contains("IX_HandledItems_HandledAtUtc", marks.Text, StringComparison.Ordinal);
        Assert.Contains("IX_Messages_Wamid", appeared.Text, StringComparison.Ordinal);
        foreach (var plan in (Plan[])[parked, appeared, expired, bodies, marks])
        {
            if (provider == DatabaseProvider.Sqlite)
            {
                Assert.DoesNotMatch("SCAN (?!CONSTANT|\\w+ VIRTUAL TABLE)|TEMP B-TREE", plan.Text);
            }
            else
            {
                Assert.InRange(plan.MostRows, 0, MostRows);
            }
        }

        Plan Of(string words) => plans.First(plan => plan.Sql.Contains(words, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Looks_go_on_behind_each_other_until_the_last_parked_item_was_looked_at(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        var tidy = host.Get<TidyIntake>();

        var looks = await hosts.Seen.ParametersAsync(() => tidy.RunAsync(() => { }, CancellationToken.None), "\"Id\" >");

        Assert.Equal(PlanHosts.Rows / MostRows, looks.Distinct().Count());
        Assert.Equal(looks.Count, looks.Distinct().Count());
    }
}
