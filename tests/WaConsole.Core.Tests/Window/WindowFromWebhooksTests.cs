using System.Text.Json.Nodes;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Window;

public sealed class WindowFromWebhooksTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_webhook_that_comes_late_does_not_move_the_window_back(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.2", "Newer", Hooks.Noon)), Hooks.Messages(Hooks.Text("wamid.1", "Older", Hooks.Noon.AddDays(-3))));

        var conversation = await bench.ConversationAsync();
        Assert.Equal((Hooks.Noon.AddHours(24), Hooks.Noon), (conversation.WindowExpiresAtUtc, conversation.LastActivityAtUtc));
    }

    [Fact]
    public async Task Reactions_edits_and_system_notices_open_no_window()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello")));
        var later = Hooks.Noon.AddHours(5);
        var edit = Hooks.Message("wamid.e", "edit", new JsonObject
        {
            ["original_message_id"] = "wamid.1",
            ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = "Hi" } },
        }, later);
        var unsupportedEdit = Hooks.Message("wamid.u", "unsupported", new JsonObject { ["type"] = "edit" }, later);
        var notice = Hooks.System("wamid.s", "customer_identity_changed", null);
        notice["timestamp"] = Hooks.Unix(later);

        await bench.TakeAsync(Hooks.Messages(Hooks.Reaction("wamid.r", "wamid.1", "👍", later), edit, unsupportedEdit, notice));

        Assert.Equal(Hooks.Noon, (await bench.ConversationAsync()).WindowOpenedAtUtc);
    }

    [Fact]
    public async Task An_unsupported_message_opens_the_window()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        await bench.TakeAsync(Hooks.Messages(Hooks.Message("wamid.1", "unsupported", new JsonObject { ["type"] = "poll_creation" })));

        Assert.Equal(Hooks.Noon, (await bench.ConversationAsync()).WindowOpenedAtUtc);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_call_from_the_customer_opens_the_window_and_shows_in_the_thread(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var call = new JsonObject
        {
            ["id"] = "wacid.1",
            ["event"] = "connect",
            ["direction"] = "USER_INITIATED",
            ["from"] = Hooks.Amina,
            ["timestamp"] = Hooks.Unix(Hooks.Noon),
        };

        await bench.TakeAsync(Hooks.Body(Hooks.Change("calls", "calls", call)));

        var conversation = await bench.ConversationAsync();
        Assert.Equal((Hooks.Noon.AddHours(24), MessageKind.Call), (conversation.WindowExpiresAtUtc, conversation.LastKind));
    }

    [Fact]
    public void A_refusal_older_than_the_customers_newest_message_shuts_nothing()
    {
        var conversation = new Conversation();
        OpenWindow.By(conversation, Hooks.Noon);

        OpenWindow.Shut(conversation, Hooks.Noon.AddMinutes(-1));
        Assert.Equal(Hooks.Noon.AddHours(24), conversation.WindowExpiresAtUtc);

        OpenWindow.Shut(conversation, Hooks.Noon.AddMinutes(1));
        Assert.Equal(Hooks.Noon.AddMinutes(1), conversation.WindowExpiresAtUtc);

        OpenWindow.By(conversation, Hooks.Noon.AddMinutes(2));
        Assert.Equal(Hooks.Noon.AddMinutes(2).AddHours(24), conversation.WindowExpiresAtUtc);
    }
}
