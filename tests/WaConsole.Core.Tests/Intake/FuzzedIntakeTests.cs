using System.Text;
using WaConsole.CloudApi.Tests.Webhooks;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>
/// The bodies that the reader is tried with, signed and worked off on a real database: each is stored, none stays, and every item of them is
/// counted once. Ten seconds for each database in every run; five minutes with <c>WACONSOLE_TEST_LONG=1</c>.
/// </summary>
public sealed class FuzzedIntakeTests
{
    private const int Bodies = 40;

    private static readonly TimeSpan For = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 }
        ? TimeSpan.FromMinutes(5)
        : TimeSpan.FromSeconds(10);

    [Theory, EveryDatabase]
    public async Task Bodies_changed_at_will_are_worked_off_and_counted(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var began = TimeProvider.System.GetTimestamp();
        long accepted = 0;
        var seed = Environment.TickCount;
        do
        {
            var random = new Random(++seed);
            for (var body = 0; body < Bodies; body++)
            {
                Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(OurOwn(ChangedBody.Next(random).Body)));
            }

            await bench.WorkOffAsync();

            accepted += Bodies;
            var intake = await bench.CountAsync();
            Assert.True(intake.Pending == 0 && intake.Received >= accepted, $"Seed {seed}: {intake}");
        }
        while (TimeProvider.System.GetElapsedTime(began) < For);

        var all = await bench.CountAsync();
        Assert.True(all.Stored > 0 && all.Duplicates > 0 && all.Parked > 0 && all.Quarantined > 0, all.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine($"{provider}: {accepted} bodies, {all}");
    }

    /// <summary>About the account and the number that are connected, where the change left their names whole.</summary>
    private static byte[] OurOwn(byte[] body) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body)
        .Replace("\"WABA\"", $"\"{TestAccount.WhatsAppId}\"", StringComparison.Ordinal)
        .Replace("\"PNID\"", $"\"{TestAccount.PhoneNumberId}\"", StringComparison.Ordinal));
}
