using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>What other inboxes lose or store twice, named after what their users report.</summary>
public sealed class TortureTests
{
    private const int Messages = 400;
    private const int Strangers = 50;
    private const int Echoes = 100;
    private const int Statuses = 300;
    private const int Lost = 49;
    private const int Unknown = 100;

    /// <summary>Bytes that are no UTF-8, where a letter should be.</summary>
    private static readonly byte[] NoText = [0xC3, 0x28, 0xFF];

    [Theory]
    [EveryDatabase]
    public async Task A_thousand_mixed_items_doubled_and_shuffled_are_stored_exactly_once_and_none_is_lost(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var items = ThousandItems();
        Assert.Equal(1_000, items.Count);
        var random = new Random(7);
        List<byte[]> bodies =
        [
            BodyOf(items),
            BodyOf(items),
            .. Shuffled(items, random).Chunk(37).Select(BodyOf),
            .. Shuffled(items, random).Take(100).Select(item => BodyOf([item])),
        ];

        foreach (var body in bodies)
        {
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(body));
            await bench.CountAsync();
        }

        await bench.WorkOffAsync();

        var intake = await bench.CountAsync();
        Assert.Equal((3_100, 1_000 - Lost - 1, Lost, 1), (intake.Received, intake.Stored, intake.Parked, intake.Quarantined));
        await bench.Core.WithDbAsync(async db =>
        {
            Assert.Equal(Messages + Strangers + Echoes, await db.Messages.CountAsync());
            Assert.Equal(Statuses, await db.MessageStatusFacts.CountAsync());
            Assert.Equal(Echoes, await db.Messages.CountAsync(m => m.Direction == MessageDirection.Outbound && m.Status == DeliveryStatus.Read));
            Assert.Equal(Messages + Strangers, await db.Conversations.SumAsync(c => c.UnreadCount));
            Assert.Equal(Strangers, await db.Contacts.CountAsync(c => c.Phone == null && c.UserId != null));
        });
        Assert.Contains("\uFFFD", (await bench.MessageAsync("wamid.in0")).Text, StringComparison.Ordinal);
        Assert.Equal(70_000, (await bench.MessageAsync("wamid.in1")).Text.Length);

        var bad = Assert.Single(await bench.Core.Get<Quarantine>().ListAsync(Caller.System, 10, CancellationToken.None));
        Assert.Equal("The message does not say who sent it.", bad.Reason);
    }

    [Theory]
    [EveryDatabase]
    public async Task An_overlong_field_never_costs_a_message(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var change = Hooks.Change("messages", "messages", Hooks.Message(
            "wamid." + new string('x', 5_000),
            "location",
            new JsonObject { ["latitude"] = 52.5, ["longitude"] = 13.4, ["name"] = new string('n', 5_000), ["address"] = new string('a', 5_000) },
            userId: "DE." + new string('7', 2_000)));
        change["value"]!["contacts"]![0]!["profile"]!["name"] = new string('N', 5_000);
        change["value"]!["contacts"]![0]!["profile"]!["username"] = new string('u', 5_000);

        await bench.TakeAsync(Hooks.Body(change));

        Assert.Equal((1, 1), ((await bench.CountAsync()).Received, (await bench.CountAsync()).Stored));
        Assert.NotEmpty((await bench.ConversationAsync()).Contact.ProfileName);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_first_attempt_that_fails_leaves_no_mark_that_makes_the_second_a_duplicate(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var body = Hooks.Messages(Hooks.Text("wamid.1", "Hello"), Hooks.Reaction("wamid.r", "wamid.1", "👍"));
        await RefuseAsync(bench, provider, "Messages", "\"Text\" = 'Hello'");
        await bench.TakeAsync(body);
        Assert.Equal((1, 1), ((await bench.CountAsync()).Quarantined, (await bench.CountAsync()).Parked));
        await AllowAsync(bench, provider, "Messages");

        await bench.TakeAsync(body);

        Assert.Equal("👍", Assert.Single((await bench.MessageAsync("wamid.1")).Reactions).Emoji);
        var first = Assert.Single(await bench.Core.Get<Quarantine>().ListAsync(Caller.System, 10, CancellationToken.None));
        Assert.Null(await bench.Core.Get<Quarantine>().ReplayAsync(Caller.System, first.Id, CancellationToken.None));
        var intake = await bench.CountAsync();
        Assert.Equal((4, 2, 2, 0), (intake.Received, intake.Stored, intake.Duplicates, intake.Quarantined));
        Assert.Equal(1, (await bench.ConversationAsync()).UnreadCount);
    }

    [Theory]
    [EveryDatabase]
    public async Task An_album_of_six_photos_is_one_conversation_however_it_arrives(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var photos = Enumerable.Range(0, 6)
            .Select(n => Hooks.Message($"wamid.{n}", "image", new JsonObject { ["id"] = $"media-{n}", ["mime_type"] = "image/jpeg" }))
            .ToList();
        var arrived = await Task.WhenAll(photos.Select(photo => Task.Run(() => bench.AcceptAsync(Hooks.Messages(photo)))));
        Assert.All(arrived, outcome => Assert.Equal(AcceptOutcome.Stored, outcome));

        await bench.WorkOffAsync();

        Assert.Equal(6, (await bench.ConversationAsync()).UnreadCount);
        Assert.Equal(6, await bench.Core.WithDbAsync(db => db.MediaFiles.CountAsync(f => f.ConversationId != null)));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_status_that_cannot_be_stored_does_not_take_the_customers_message_with_it(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.0", "Hello")));
        await bench.OutgoingAsync(DeliveryStatus.Accepted, "wamid.out");
        await RefuseAsync(bench, provider, "MessageStatusFacts", "\"Status\" = 'read'");

        await bench.TakeAsync(Hooks.Body(
            Hooks.Change("messages", "statuses", Hooks.Status("wamid.out", "delivered"), Hooks.Status("wamid.out", "read")),
            Hooks.Change("messages", "messages", Hooks.Text("wamid.1", "Help!"))));

        Assert.Equal("Help!", (await bench.MessageAsync("wamid.1")).Text);
        Assert.Equal(DeliveryStatus.Delivered, (await bench.MessageAsync("wamid.out")).Status);
        Assert.Single(await bench.Core.Get<Quarantine>().ListAsync(Caller.System, 10, CancellationToken.None));
    }

    /// <summary>In this order: statuses come before the message they are about, and reactions before theirs.</summary>
    private static List<(string Field, string List, JsonObject Item)> ThousandItems()
    {
        string[] words = ["sent", "delivered", "read"];
        return
        [
            .. Enumerable.Range(0, Statuses).Select(n => ("messages", "statuses", Hooks.Status(Wamid("echo", n / 3), words[n % 3], Hooks.Noon.AddSeconds(n)))),
            .. Enumerable.Range(0, Lost).Select(n => ("messages", "statuses", Hooks.Status(Wamid("elsewhere", n), "sent"))),
            .. Enumerable.Range(0, Unknown).Select(n => (n % 2 == 0 ? "message_reads" : "messages", "things", new JsonObject { ["number"] = n })),
            .. Enumerable.Range(0, Messages).Select(n => ("messages", "messages", Hooks.Text(Wamid("in", n), TextOf(n), Hooks.Noon.AddSeconds(n), $"4917000000{n % 40:00}"))),
            .. Enumerable.Range(0, Strangers).Select(n => ("messages", "messages", Hooks.Text(Wamid("stranger", n), "Hello", from: null, userId: $"DE.stranger{n}"))),
            .. Enumerable.Range(0, Echoes).Select(n => ("smb_message_echoes", "message_echoes", Echo(n))),
            ("messages", "messages", FromNobody()),
        ];
    }

    private static string TextOf(int number) => number switch
    {
        0 => "BAD",
        1 => new string('x', 70_000),
        _ => string.Create(CultureInfo.InvariantCulture, $"Message {number}"),
    };

    private static JsonObject Echo(int number) => new()
    {
        ["id"] = Wamid("echo", number),
        ["from"] = "493023125100",
        ["to"] = $"4917000000{number % 40:00}",
        ["timestamp"] = Hooks.Unix(Hooks.Noon.AddHours(1)),
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = "From the phone" },
    };

    private static JsonObject FromNobody() => Hooks.Text("wamid.nobody", "Hello all", from: null);

    private static string Wamid(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"wamid.{kind}{number}");

    private static IEnumerable<(string Field, string List, JsonObject Item)> Shuffled(List<(string, string, JsonObject)> items, Random random)
    {
        var all = items.ToArray();
        random.Shuffle(all);
        return all;
    }

    /// <summary>One change for each item, and bytes that are no UTF-8 in one of them.</summary>
    private static byte[] BodyOf(IEnumerable<(string Field, string List, JsonObject Item)> items)
    {
        var body = Hooks.Body([.. items.Select(item => Hooks.Change(item.Field, item.List, (JsonObject)item.Item.DeepClone()))]);
        var at = body.AsSpan().IndexOf("\"BAD\""u8);
        return at < 0 ? body : [.. body[..(at + 1)], .. NoText, .. body[(at + 1)..]];
    }

    private static Task RefuseAsync(IntakeBench bench, DatabaseProvider provider, string table, string when) => bench.Core.WithDbAsync(
        db => db.Database.ExecuteSqlRawAsync(provider == DatabaseProvider.Sqlite
            ? $"""CREATE TRIGGER refuse BEFORE INSERT ON "{table}" WHEN NEW.{when} BEGIN SELECT RAISE(ABORT, 'refused'); END"""
            : $"""ALTER TABLE "{table}" ADD CONSTRAINT refuse CHECK (NOT ({when})) NOT VALID"""));

    private static Task AllowAsync(IntakeBench bench, DatabaseProvider provider, string table) => bench.Core.WithDbAsync(
        db => db.Database.ExecuteSqlRawAsync(provider == DatabaseProvider.Sqlite
            ? "DROP TRIGGER refuse"
            : $"""ALTER TABLE "{table}" DROP CONSTRAINT refuse"""));
}
