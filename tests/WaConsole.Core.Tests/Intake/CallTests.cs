using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class CallTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_call_is_one_line_with_its_outcome_and_length_in_whatever_order_it_is_told(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var rings = Call("wacid.1", "connect");
        var ends = Call("wacid.1", "terminate", "COMPLETED", seconds: 75);

        await bench.TakeAsync(ends, rings, ends);

        var call = await OnlyAsync(bench);
        Assert.Equal((MessageDirection.Inbound, new MessageContent.Call(true, CallOutcome.Ended, 75)), (call.Direction, ContentJson.Read(call.ContentJson)));
        Assert.Equal((0, Hooks.Noon.AddHours(24)), ((await bench.ConversationAsync()).UnreadCount, (await bench.ConversationAsync()).WindowExpiresAtUtc));
    }

    [Fact]
    public async Task A_missed_call_waits_for_an_answer_like_a_message()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Call("wacid.1", "connect"), Call("wacid.1", "terminate", "FAILED", after: 20));

        var (call, conversation) = (await OnlyAsync(bench), await bench.ConversationAsync());
        Assert.Equal(new MessageContent.Call(true, CallOutcome.Missed, null), ContentJson.Read(call.ContentJson));
        Assert.Equal((1, call.Id, Hooks.Noon), (conversation.UnreadCount, conversation.FirstUnreadMessageId, conversation.WaitingSinceUtc));
    }

    [Theory]
    [InlineData("REJECTED", "FAILED", null, CallOutcome.Rejected)]
    [InlineData("ACCEPTED", "COMPLETED", 42, CallOutcome.Ended)]
    [InlineData("RINGING", "FAILED", null, CallOutcome.Missed)]
    public async Task A_call_of_ours_says_what_the_customer_did(string status, string end, int? seconds, CallOutcome outcome)
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Status("wacid.2", status), Call("wacid.2", "terminate", end, seconds, fromUs: true));

        var call = await OnlyAsync(bench);
        Assert.Equal((MessageDirection.Outbound, DeliveryStatus.None), (call.Direction, call.Status));
        Assert.Equal(new MessageContent.Call(false, outcome, seconds), ContentJson.Read(call.ContentJson));
        Assert.Equal(status == "ACCEPTED", (await bench.ConversationAsync()).WindowOpenedAtUtc is not null);
    }

    [Fact]
    public async Task A_recording_leaves_no_line()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Call("wacid.1", "call_recording_available"));

        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Messages.CountAsync()));
    }

    [Theory]
    [EveryDatabase]
    public async Task Who_calls_or_is_called_is_known_by_their_parent_id_like_who_writes(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync(Named("wacid.1", "from", "DE.1", "DE.ENT.1"), Named("wacid.2", "to", "DE.2", "DE.ENT.2"), Beside("wacid.3", "DE.3", "DE.ENT.3"));

        var people = await bench.Core.WithDbAsync(db => db.Contacts.AsNoTracking().Include(c => c.Identifiers).OrderBy(c => c.UserId).ToListAsync());
        Assert.Equal(["DE.1", "DE.2", "DE.3"], people.Select(person => person.UserId));
        Assert.Equal(
            ["DE.ENT.1", "DE.ENT.2", "DE.ENT.3"],
            people.Select(person => Assert.Single(person.Identifiers, i => i.Kind == IdentifierKind.ParentUserId).Value));

        // By it they are found again, whatever other id they have.
        await bench.TakeAsync(Named("wacid.4", "from", null, "DE.ENT.1"), Named("wacid.5", "to", "DE.9", "DE.ENT.2"));
        Assert.Equal(3, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync()));
    }

    /// <summary>The call names the customer, and tells no number.</summary>
    private static byte[] Named(string id, string side, string? userId, string parent)
    {
        var call = Connects(id, fromUs: side == "to");
        call[$"{side}_user_id"] = userId;
        call[$"{side}_parent_user_id"] = parent;
        return Hooks.Body(Hooks.Change("calls", "calls", call));
    }

    /// <summary>The contacts beside the call tell the parent id.</summary>
    private static byte[] Beside(string id, string userId, string parent)
    {
        var call = Connects(id, fromUs: false);
        call["from_user_id"] = userId;
        var change = Hooks.Change("calls", "calls", call);
        change["value"]!["contacts"] = new JsonArray(new JsonObject { ["user_id"] = userId, ["parent_user_id"] = parent });
        return Hooks.Body(change);
    }

    private static JsonObject Connects(string id, bool fromUs) => new()
    {
        ["id"] = id,
        ["event"] = "connect",
        ["direction"] = fromUs ? "BUSINESS_INITIATED" : "USER_INITIATED",
        ["timestamp"] = Hooks.Unix(Hooks.Noon),
    };

    private static Task<Message> OnlyAsync(IntakeBench bench) => bench.Core.WithDbAsync(db => db.Messages.AsNoTracking().SingleAsync());

    private static byte[] Call(string id, string what, string? status = null, int? seconds = null, bool fromUs = false, int after = 0) =>
        Hooks.Body(Hooks.Change("calls", "calls", new JsonObject
        {
            ["id"] = id,
            ["event"] = what,
            ["status"] = status,
            ["direction"] = fromUs ? "BUSINESS_INITIATED" : "USER_INITIATED",
            [fromUs ? "to" : "from"] = Hooks.Amina,
            ["timestamp"] = Hooks.Unix(Hooks.Noon.AddSeconds(after)),
            ["duration"] = seconds,
        }));

    private static byte[] Status(string id, string status) => Hooks.Body(Hooks.Change("calls", "statuses", new JsonObject
    {
        ["id"] = id,
        ["type"] = "call",
        ["status"] = status,
        ["recipient_id"] = Hooks.Amina,
        ["timestamp"] = Hooks.Unix(Hooks.Noon),
    }));
}
