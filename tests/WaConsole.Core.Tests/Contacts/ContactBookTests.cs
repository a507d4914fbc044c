using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Tests.Labels;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Contacts;

public sealed class ContactBookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task People_are_found_by_name_number_spelling_username_and_user_id(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.1", "Oi", from: "5511987654321")),
            Hooks.Messages(Hooks.Text("wamid.2", "Hello", from: null, userId: Hooks.AminaId)));
        await bench.Core.WithDbAsync(db => db.Contacts.Where(c => c.UserId == Hooks.AminaId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Username, "luz.mar").SetProperty(c => c.SearchText, "luz.mar"), Token));
        var (phone, hidden) = await bench.Core.WithDbAsync(async db => (
            await db.Contacts.Where(c => c.Phone != null).Select(c => c.Id).SingleAsync(Token),
            await db.Contacts.Where(c => c.Phone == null).Select(c => c.Id).SingleAsync(Token)));

        await FindsAsync(phone, "+55 11 98765-4321", "551187654321", "98765");
        await FindsAsync(hidden, "@luz", "luz.mar", Hooks.AminaId);
        await bench.Core.WithDbAsync(async db =>
        {
            db.ContactIdentifiers.Add(new ContactIdentifier { ContactId = hidden, Kind = IdentifierKind.Username, Value = "oi", MatchKey = "oi" });
            await db.Contacts.Where(c => c.Id == phone).ExecuteUpdateAsync(set => set.SetProperty(c => c.SearchText, "oi 5511987654321"), Token);
            await db.SaveChangesAsync(Token);
        });
        await FindsAsync(phone, "oi");
        await FindsAsync(null, "nobody", "'; DROP", "%", "+++", "\"");

        async Task FindsAsync(long? expected, params string[] searches)
        {
            foreach (var search in searches)
            {
                var found = (await ListAsync(bench.Core, new ContactQuery(search))).Rows.Select(row => (long?)row.Id).ToList();
                Assert.Equal(expected is null ? [] : [expected], found);
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Filters_and_pages_show_everybody_once(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var label = await LabelTests.MakeAsync(core, "VIP");
        List<long> people = [];
        for (var at = 0; at < 25; at++)
        {
            people.Add(await MergePeopleTests.ContactAsync(core, $"Person {at}"));
        }

        await core.WithDbAsync(async db =>
        {
            var now = core.Get<WhatsAppClock>().UtcNow;
            await db.Conversations.Where(c => c.ContactId == people[3]).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.WindowExpiresAtUtc, now.AddHours(3)), Token);
            await db.Contacts.Where(c => c.Id == people[4]).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.BlockedAtUtc, now).SetProperty(c => c.Country, "BR"), Token);
            await db.Contacts.Where(c => c.Id == people[5]).ExecuteUpdateAsync(set => set.SetProperty(c => c.OptedOutAtUtc, now), Token);
        });
        await core.Get<LabelContact>().RunAsync(Caller.System, people[6], [label.Id], [], Token);

        await ShowsAsync(new ContactQuery(WindowOpen: true), people[3]);
        await ShowsAsync(new ContactQuery(Blocked: true), people[4]);
        await ShowsAsync(new ContactQuery(Country: "BR"), people[4]);
        await ShowsAsync(new ContactQuery(OptedOut: true), people[5]);
        await ShowsAsync(new ContactQuery(LabelId: label.Id), people[6]);
        await ShowsAsync(new ContactQuery(LabelId: label.Id, Blocked: true));
        Assert.Equal(["BR"], await core.Get<ListContacts>().CountriesAsync(Caller.System, Token));

        List<long> seen = [];
        for (string? cursor = null; ;)
        {
            var page = await ListAsync(core, new ContactQuery(Limit: 10, Cursor: cursor));
            seen.AddRange(page.Rows.Select(row => row.Id));
            if ((cursor = page.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(people.AsEnumerable().Reverse(), seen);
        await Assert.ThrowsAsync<InvalidContactCursorException>(() => ListAsync(core, new ContactQuery(Cursor: "x")));

        async Task ShowsAsync(ContactQuery query, params long[] expected) =>
            Assert.Equal(expected, (await ListAsync(core, query)).Rows.Select(row => row.Id));
    }

    [Theory, EveryDatabase]
    public async Task By_name_neither_case_nor_accents_nor_the_database_matter_and_pages_show_everybody_once(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        string[] names = ["Zoë", "anna b", "Émile", "Anna A", "émile", "bo", "Øystein", "Ben", "李", "anna a"];
        List<long> ids = [];
        foreach (var (at, name) in names.Index())
        {
            ids.Add(Assert.IsType<AddContactOutcome.Added>(
                await core.Get<AddContact>().RunAsync(Caller.System, name, $"+49 170 12345{at:D2}", Token)).ContactId);
        }

        // Somebody of whom only the user id is known has no name to sort by and comes first.
        ids.Add(await core.WithDbAsync(async db =>
        {
            var hidden = new Contact { UserId = "DE.1", CreatedAtUtc = DateTime.UnixEpoch };
            db.Contacts.Add(hidden);
            await db.SaveChangesAsync(Token);
            return hidden.Id;
        }));
        List<long> seen = [];
        string? cursor = null;
        do
        {
            var page = await ListAsync(core, new ContactQuery(Limit: 1, Cursor: cursor, Sort: ContactSort.Name));
            seen.AddRange(page.Rows.Select(row => row.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["", "Anna A", "anna a", "anna b", "Ben", "bo", "Émile", "émile", "Zoë"], seen.Select(Name).Where(name => name is not ("Øystein" or "李")));
        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal(seen, (await ListAsync(core, new ContactQuery(Sort: ContactSort.Name))).Rows.Select(row => row.Id));
        await Assert.ThrowsAsync<InvalidContactCursorException>(() => ListAsync(core, new ContactQuery(Cursor: "12", Sort: ContactSort.Name)));
        await Assert.ThrowsAsync<InvalidContactCursorException>(() => ListAsync(core, new ContactQuery(Cursor: "12.!", Sort: ContactSort.Name)));

        // A zero character, which PostgreSQL stores in no text.
        Assert.Equal(ids.Count, (await ListAsync(core, new ContactQuery(Cursor: "0.AA", Sort: ContactSort.Name))).Rows.Count);

        await core.Get<EditContact>().RunAsync(Caller.System, ids[0], new ContactEdit("Aaron"), Token);
        Assert.Equal(ids[0], (await ListAsync(core, new ContactQuery(Sort: ContactSort.Name))).Rows[1].Id);

        string Name(long id) => ids.IndexOf(id) is var at && at < names.Length ? names[at] : "";
    }

    [Theory, EveryDatabase]
    public async Task People_of_other_numbers_are_not_shown_to_those_who_may_not_see_them(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var other = await core.WithDbAsync(async db =>
        {
            var number = new Number
            {
                BusinessAccountId = core.AccountId,
                PhoneNumberId = "99",
                DisplayPhoneNumber = "",
                Name = "Other",
                Quality = "",
                Status = "",
            };
            db.Numbers.Add(number);
            await db.SaveChangesAsync(Token);
            return number.Id;
        });
        var here = await MergePeopleTests.ContactAsync(core, "Here");
        await new SeedConversation { NumberId = other, Name = "There" }.WriteAsync(core.Get<Store>());
        var alone = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "Alone", "+49 170 1234567", Token)).ContactId;
        var there = (await ListAsync(core, new ContactQuery("There"))).Rows.Single().Id;
        var agent = await new SeedAgent("Eli", Numbers: [core.NumberId]).WriteAsync(core.Get<Store>());
        var marketer = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());

        Assert.Equal([alone, here], (await core.Get<ListContacts>().RunAsync(agent, new ContactQuery(), Token)).Rows.Select(row => row.Id));
        Assert.Null(await core.Get<ReadContact>().RunAsync(agent, there, Token));
        Assert.IsType<EditContactOutcome.NoSuchContact>(await core.Get<EditContact>().RunAsync(agent, there, new ContactEdit("X"), Token));
        Assert.IsType<ContactNoteOutcome.Missing>(await core.Get<WriteContactNote>().AddAsync(agent, there, "X", Token));
        await core.Get<WriteContactNote>().AddAsync(agent, here, "Likes walnut", Token);
        var read = await core.Get<ReadContact>().RunAsync(marketer, here, Token);
        Assert.Equal((0, 0), (read!.Threads.Count, read.Notes.Count));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<EditContact>().RunAsync(marketer, here, new ContactEdit("X"), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<WriteContactNote>().AddAsync(marketer, here, "X", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ExportContacts>().BeginAsync(agent, new ContactQuery(), "csv", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<SaveContactField>().RunAsync(
            agent, new ContactFieldDraft(null, "Size", ContactFieldType.Number, []), Token));
    }

    [Theory, EveryDatabase]
    public async Task Fields_take_what_fits_their_type_all_or_nothing(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var size = await FieldAsync(core, "Shoe size", ContactFieldType.Number);
        var born = await FieldAsync(core, "Born", ContactFieldType.Date);
        var kind = await FieldAsync(core, "Kind", ContactFieldType.Choice, "Private", "Business");
        Assert.IsType<SaveContactFieldOutcome.Refused>(await core.Get<SaveContactField>().RunAsync(
            Caller.System, new ContactFieldDraft(null, "SHOE SIZE", ContactFieldType.Text, []), Token));
        Assert.IsType<SaveContactFieldOutcome.Refused>(await core.Get<SaveContactField>().RunAsync(
            Caller.System, new ContactFieldDraft(null, "Nothing to choose", ContactFieldType.Choice, [" "]), Token));

        var refused = Assert.IsType<EditContactOutcome.Refused>(await FillAsync((size, "43.5"), (born, "31.12.2026")));
        Assert.Equal(born, refused.FieldId);
        Assert.All(await ValuesAsync(), value => Assert.Null(value));

        Assert.IsType<EditContactOutcome.Done>(await FillAsync((size, " 43.50 "), (born, "2026-12-31"), (kind, "business")));
        Assert.Equal(["43.50", "2026-12-31", "Business"], await ValuesAsync());
        Assert.IsType<EditContactOutcome.Done>(await FillAsync((size, ""), (kind, null)));
        Assert.Equal([null, "2026-12-31", null], await ValuesAsync());

        Assert.True(await core.Get<DeleteContactField>().RunAsync(Caller.System, born, Token));
        Assert.Equal(0, await core.WithDbAsync(db => db.ContactFieldValues.CountAsync(Token)));

        Task<EditContactOutcome> FillAsync(params (long Id, string? Value)[] fields) => core.Get<EditContact>().RunAsync(
            Caller.System, person, new ContactEdit(Fields: fields.ToDictionary(field => field.Id, field => field.Value)), Token);

        async Task<IEnumerable<string?>> ValuesAsync() =>
            (await core.Get<ReadContact>().RunAsync(Caller.System, person, Token))!.Fields.Select(field => field.Value);
    }

    [Theory, EveryDatabase]
    public async Task A_name_we_give_shows_and_is_found_and_can_be_taken_back(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "~mina~");

        await core.Get<EditContact>().RunAsync(Caller.System, person, new ContactEdit(" Amina\nSaid "), Token);
        Assert.Equal("Amina Said", (await ListAsync(core, new ContactQuery("amina said"))).Rows.Single().Name);
        await core.Get<EditContact>().RunAsync(Caller.System, person, new ContactEdit(""), Token);
        Assert.Equal("~mina~", (await ListAsync(core, new ContactQuery())).Rows.Single().Name);
        Assert.IsType<EditContactOutcome.Refused>(
            await core.Get<EditContact>().RunAsync(Caller.System, person, new ContactEdit(new string('x', 201)), Token));
    }

    [Theory, EveryDatabase]
    public async Task A_contact_card_adds_somebody_once(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);

        var first = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "Luz Mar", "+55 11 98765-4321", Token));
        var again = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "Other", "551187654321", Token));
        Assert.Equal((true, false, first.ContactId), (first.New, again.New, again.ContactId));
        Assert.Equal("Luz Mar", (await ListAsync(core, new ContactQuery("luz"))).Rows.Single().Name);
        Assert.IsType<AddContactOutcome.Refused>(await core.Get<AddContact>().RunAsync(Caller.System, "Nobody", "call me", Token));
        Assert.IsType<AddContactOutcome.Refused>(await core.Get<AddContact>().RunAsync(Caller.System, "Nobody", "+49", Token));
    }

    [Theory, EveryDatabase]
    public async Task An_export_has_everybody_the_filter_finds_and_leaves_a_line_on_record(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var label = await LabelTests.MakeAsync(core, "VIP");
        var size = await FieldAsync(core, "Size", ContactFieldType.Number);
        for (var at = 0; at < 3; at++)
        {
            var id = await MergePeopleTests.ContactAsync(core, $"Person {at}");
            await core.Get<LabelContact>().RunAsync(Caller.System, id, at == 0 ? [] : [label.Id], [], Token);
            await core.Get<EditContact>().RunAsync(Caller.System, id, new ContactEdit(Fields: new Dictionary<long, string?> { [size] = $"{at}" }), Token);
        }

        var query = new ContactQuery(LabelId: label.Id, Search: "Person");
        var head = await core.Get<ExportContacts>().BeginAsync(Caller.System, query, "csv", Token);
        List<string> rows = [];
        await foreach (var row in core.Get<ExportContacts>().RowsAsync(Caller.System, query, head, Token))
        {
            rows.Add($"{row.Contact.Name}|{string.Join(',', row.Labels)}|{string.Join(',', row.Fields)}");
        }

        Assert.Equal(["Person 2|VIP|2", "Person 1|VIP|1"], rows);
        var line = Assert.Single(await core.Get<ListContactExports>().RunAsync(Caller.System, Token));
        Assert.Equal(("WaConsole", "csv", $"search label={label.Id}", 2), (line.ByName, line.Format, line.Filter, line.People));
    }

    private static Task<ContactList> ListAsync(CoreHost core, ContactQuery query) => core.Get<ListContacts>().RunAsync(Caller.System, query, Token);

    private static async Task<long> FieldAsync(CoreHost core, string name, ContactFieldType type, params string[] choices) =>
        Assert.IsType<SaveContactFieldOutcome.Saved>(
            await core.Get<SaveContactField>().RunAsync(Caller.System, new ContactFieldDraft(null, name, type, choices), Token)).Field.Id;
}
