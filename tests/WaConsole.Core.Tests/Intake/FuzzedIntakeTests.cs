using System.Text;
using WaConsole.CloudApi.Tests.Webhooks;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>
/// The bodies that the reader is tried with, signed and worked off on a real database: each is stored, none stays, and every item of them is
/// counted once. Ten seconds for each database in every run; five minutes with <c>WACONSOLE_TEST_LONG=1</c>; and on until every kind of end was met.
/// </summary>
public sealed class FuzzedIntakeTests
{
    private const int Bodies = 40;

    /// <summary>
    /// Beyond the time. Only one sample has what waits for its message, and of its copies one in ten can still be read: one body in 170. A slow
    /// machine may have seen none of them when the time is over.
    /// </summary>
    private const int MoreRounds = 100;

    private static readonly TimeSpan For = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 }
        ? TimeSpan.FromMinutes(5)
        : TimeSpan.FromSeconds(10);

    [Theory, EveryDatabase]
    public async Task Bodies_changed_at_will_are_worked_off_and_counted(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        var began = TimeProvider.System.GetTimestamp();
        long accepted = 0;
        var (seed, more) = (Environment.TickCount, 0);
        IntakeView all;
        do
        {
            var random = new Random(++seed);
            for (var body = 0; body < Bodies; body++)
            {
                Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(OurOwn(ChangedBody.Next(random).Body)));
            }

            await bench.WorkOffAsync();

            accepted += Bodies;
            all = await bench.CountAsync();
            Assert.True(all.Pending == 0 && all.Received >= accepted, $"Seed {seed}: {all}");
        }
        while (TimeProvider.System.GetElapsedTime(began) < For || (!HasEveryKind(all) && more++ < MoreRounds));

        Assert.True(HasEveryKind(all), all.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine($"{provider}: {accepted} bodies, {all}");
    }

    private static bool HasEveryKind(IntakeView all) => all is { Stored: > 0, Duplicates: > 0, Parked: > 0, Quarantined: > 0 };

    /// <summary>About the account and the number that are connected, where the change left their names whole.</summary>
    private static byte[] OurOwn(byte[] body) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body)
        .Replace("\"WABA\"", $"\"{TestAccount.WhatsAppId}\"", StringComparison.Ordinal)
        .Replace("\"PNID\"", $"\"{TestAccount.PhoneNumberId}\"", StringComparison.Ordinal));
}
