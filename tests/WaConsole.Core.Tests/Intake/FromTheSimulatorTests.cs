using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>The other reading of the wire: webhooks as the simulator writes them, over HTTP.</summary>
public sealed class FromTheSimulatorTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_customer_of_the_simulator_writes_moves_to_a_new_number_and_stays_one_thread(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var bench = await IntakeBench.StartAsync(
            provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Workers = true });
        await simulator.SendWebhooksToAsync(bench.Core);
        var made = Assert.IsType<CustomerOutcome.Done>(simulator.World.MakeCustomer(new NewCustomer("Nora Lind", "46701740605")));

        Says(simulator, made.Customer.Id, "Hej!");
        await Until.TrueAsync(async () => (await bench.CountAsync()).Stored == 1, "the first message");
        Assert.IsType<CustomerOutcome.Done>(simulator.World.ChangePhone(made.Customer.Id, "46701740699"));
        var words = "New number";
        Says(simulator, made.Customer.Id, words);
        await Until.TrueAsync(
            () => bench.Core.WithDbAsync(db => db.Messages.AnyAsync(m => m.Text == words)), "the message from the new number");

        var conversation = await bench.ConversationAsync();
        Assert.Equal(("Nora Lind", "46701740699", 2), (
            conversation.Contact.ProfileName, conversation.Contact.Phone, conversation.UnreadCount));
        Assert.NotNull(conversation.Contact.IdentityChangedAtUtc);
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.Kind == MessageKind.System)));
        Assert.Equal(0, (await bench.CountAsync()).Quarantined);
    }

    private static void Says(SimulatorHost simulator, string customerId, string text) => Assert.IsType<WriteOutcome.Sent>(
        simulator.World.Write(customerId, new CustomerMessage(Simulator.World.MessageContent.OfText(text))));
}
