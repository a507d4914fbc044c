using System.Reflection;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Conversations;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>What intake reads for a batch of 250 items beside 100,000 messages, people, statuses and parked items is a few rows of each.</summary>
[Collection(nameof(PlanHosts))]
public sealed class RunPlanTests(PlanHosts hosts)
{
    private const int Items = 250;

    [Theory, EveryDatabase]
    public async Task Every_question_of_a_batch_is_answered_from_an_index(DatabaseProvider provider)
    {
        var host = await hosts.GetAsync(provider);
        await host.WithDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            using var reader = new RowReader(db);

            await AskAsync(new RunReads(reader, locks: true), host.NumberId);

            var plans = await SeenSql.PlansAsync(db, reader);
            Assert.Equal(Questions(), plans.Count);
            Assert.All(plans, plan => PlanAssert.DoesNotGrow(provider, plan, 2 * Items));
        });
    }

    private static async Task AskAsync(RunReads reads, long number)
    {
        var none = CancellationToken.None;
        string[] wamids = [.. From(1).Select(PlanHosts.WamidOf)];
        string[] phones = [.. From(1).Select(PlanHosts.PhoneOf)];
        long[] ids = [.. From(1).Select(id => (long)id)];
        Guid[] keys = [.. From(30_001).Select(PlanHosts.KeyOf)];
        Assert.Equal(2 * Items, (await reads.MessagesAsync(wamids, keys, none)).Count);
        Assert.Equal(Items, (await reads.MessagesAsync(wamids, [], none)).Count);
        Assert.Equal(Items, (await reads.MessagesAsync([], keys, none)).Count);
        await reads.LockConversationsAsync(ids, phones, [number], none);
        Assert.Equal(Items, (await reads.FactsAsync(wamids, none)).Count);
        Assert.Equal(Items, (await reads.ConversationsAsync(ids, none)).Count);
        Assert.NotEmpty(await reads.ConversationsAsync(ids, [number], none));
        Assert.Equal(Items, (await reads.ContactHeadsAsync(ids, none)).Count);
        Assert.Equal(Items, (await reads.ContactsAsync(ids, none)).Count);
        Assert.Equal(Items, (await reads.HoldersAsync(phones, none)).Count);
        Assert.Equal(Items, (await reads.ParkedForAsync([.. From(1).Select(item => $"wamid.absent.{item}")], none)).Count);
        Assert.Equal(Items, (await reads.ParkedAsync([.. From(1).Select(item => $"parked {item}")], none)).Count);
    }

    private static IEnumerable<int> From(int first) => Enumerable.Range(first, Items);

    private static int Questions() => typeof(RunReads).GetFields(BindingFlags.NonPublic | BindingFlags.Static)
        .Count(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(RowQuery<>));
}
