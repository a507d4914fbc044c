using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class SearchBoundsTests
{
    private static readonly DateTime March = new(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime June = new(2026, 6, 10, 9, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task A_kind_and_a_time_narrow_what_is_found(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var one = await ConversationAsync(host, "Amina");
        var other = await ConversationAsync(host, "Bruno");
        await WriteAsync(host, one, MessageKind.Text, "the invoice, please", March, March);
        var file = await WriteAsync(host, one, MessageKind.Document, "Invoice March", March.AddDays(1), March.AddDays(1));
        await WriteAsync(host, other, MessageKind.Text, "invoice again", June, June);

        await Finds(new SearchBounds(), other, one);
        await Finds(new SearchBounds(Kind: MessageKind.Document), one);
        await Finds(new SearchBounds(FromUtc: March.AddDays(30)), other);
        await Finds(new SearchBounds(BeforeUtc: March.AddDays(30)), one);
        await Finds(new SearchBounds(March.AddDays(1), March.AddDays(2), MessageKind.Text));
        await Finds(new SearchBounds(June, June.AddTicks(TimeSpan.TicksPerMillisecond)), other);
        await Finds(new SearchBounds(BeforeUtc: March));

        var found = Assert.Single((await FindAsync(host, new SearchBounds(Kind: MessageKind.Document))).Rows).Found;
        Assert.Equal(new FoundLine(file, "Invoice March"), found);

        async Task Finds(SearchBounds bounds, params long[] expected) =>
            Assert.Equal(expected, (await FindAsync(host, bounds)).Rows.Select(row => row.Id));
    }

    [Theory, EveryDatabase]
    public async Task Somebody_found_by_name_needs_such_a_message(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var amina = await ConversationAsync(host, "Invoice Amina");
        await WriteAsync(host, amina, MessageKind.Image, "", March, March);

        Assert.Equal([amina], (await FindAsync(host, new SearchBounds(Kind: MessageKind.Image))).Rows.Select(row => row.Id));
        Assert.Empty((await FindAsync(host, new SearchBounds(Kind: MessageKind.Audio))).Rows);
        Assert.Empty((await FindAsync(host, new SearchBounds(FromUtc: June))).Rows);
    }

    [Theory, EveryDatabase]
    public async Task A_history_that_was_imported_later_is_found_by_when_it_was_sent(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var amina = await ConversationAsync(host, "Amina");
        await WriteAsync(host, amina, MessageKind.Text, "hello", March.AddYears(-1), March.AddYears(-1));
        await WriteAsync(host, amina, MessageKind.Text, "old invoice", March, storedAt: June);
        await WriteAsync(host, amina, MessageKind.Text, "no more", June, June);

        Assert.Equal([amina], (await FindAsync(host, new SearchBounds(March.AddDays(-1), March.AddDays(1)))).Rows.Select(row => row.Id));
    }

    [Theory, EveryDatabase]
    public async Task The_conversations_of_one_agent_are_listed_and_searched(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var me = await new SeedAgent("Ines").WriteAsync(host.Get<Store>());
        var jonas = await new SeedAgent("Jonas").WriteAsync(host.Get<Store>());
        var his = await new SeedConversation { NumberId = host.NumberId, AssigneeId = jonas.AgentId, Texts = ["invoice"] }.WriteAsync(host.Get<Store>());
        await new SeedConversation { NumberId = host.NumberId, AssigneeId = me.AgentId, Texts = ["invoice"] }.WriteAsync(host.Get<Store>());
        await new SeedConversation { NumberId = host.NumberId, Texts = ["invoice"] }.WriteAsync(host.Get<Store>());

        foreach (var search in (string?[])[null, "invoice", "amina"])
        {
            var page = await host.Get<ListInbox>().RunAsync(
                me, new InboxQuery(AssigneeId: jonas.AgentId, Search: search), CancellationToken.None);
            Assert.Equal([his], page.Rows.Select(row => row.Id));
        }
    }

    private static Task<InboxPage> FindAsync(CoreHost host, SearchBounds bounds) =>
        host.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery(Search: "invoice", Bounds: bounds), CancellationToken.None);

    private static Task<long> ConversationAsync(CoreHost host, string name) =>
        new SeedConversation { NumberId = host.NumberId, Name = name }.WriteAsync(host.Get<Store>());

    private static async Task<long> WriteAsync(CoreHost host, long conversation, MessageKind kind, string text, DateTime sentAt, DateTime storedAt)
    {
        var message = new Message
        {
            ConversationId = conversation,
            NumberId = host.NumberId,
            Direction = MessageDirection.Inbound,
            Kind = kind,
            Wamid = $"wamid.{Guid.CreateVersion7():N}",
            Text = text,
            SentAtUtc = sentAt,
            CreatedAtUtc = storedAt,
        };
        await host.WithDbAsync(async db =>
        {
            db.Messages.Add(message);
            await db.SaveChangesAsync();
        });
        return message.Id;
    }
}
