using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Consent;

public sealed class ListOptInsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task The_registry_shows_everybody_of_a_state_once_whatever_the_size_of_a_page(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        List<long> agreed = [];
        for (var at = 0; at < 5; at++)
        {
            var person = await MergePeopleTests.ContactAsync(core, $"Person {at}");
            await RegistryTests.OptInAsync(core, person);
            agreed.Add(person);
        }

        await core.Get<RecordOptOut>().RunAsync(Caller.System, agreed[0], new OptOutRequest(ConsentPurpose.Marketing, ConsentSource.Agent), Token);

        Assert.Equal(agreed[1..].Order(), (await AllAsync(core, Caller.System, new OptInQuery(Standing: Standing.OptedIn, Limit: 2))).Order());
        Assert.Equal([agreed[0]], await AllAsync(core, Caller.System, new OptInQuery(Standing: Standing.OptedOut, Limit: 2)));
        Assert.Equal(agreed.Order(), (await AllAsync(core, Caller.System, new OptInQuery(Limit: 2))).Order());
        Assert.Empty(await AllAsync(core, Caller.System, new OptInQuery(ConsentPurpose.Calls)));
    }

    [Fact]
    public async Task Nobody_sees_people_of_a_number_that_is_not_theirs_and_marketing_staff_record_nothing()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        await RegistryTests.OptInAsync(core, person);
        var stranger = new Caller(7, "Stranger", Role.Agent, new HashSet<long>());

        Assert.Empty(await AllAsync(core, stranger, new OptInQuery()));
        Assert.Null(await core.Get<ReadConsent>().RunAsync(stranger, person, Token));
        Assert.IsType<RecordOptOutOutcome.NoSuchContact>(
            await core.Get<RecordOptOut>().RunAsync(stranger, person, new OptOutRequest(ConsentPurpose.All, ConsentSource.Agent), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<RecordOptOut>().RunAsync(
            new Caller(8, "Marketer", Role.Marketer, null), person, new OptOutRequest(ConsentPurpose.All, ConsentSource.Agent), Token));
    }

    private static async Task<List<long>> AllAsync(CoreHost core, Caller caller, OptInQuery query)
    {
        List<long> people = [];
        string? cursor = null;
        do
        {
            var page = await core.Get<ListOptIns>().RunAsync(caller, query with { Cursor = cursor }, Token);
            Assert.True(page.Rows.Count <= query.Limit);
            people.AddRange(page.Rows.Select(row => row.ContactId));
            cursor = page.Next;
        }
        while (cursor is not null);
        return people;
    }
}
