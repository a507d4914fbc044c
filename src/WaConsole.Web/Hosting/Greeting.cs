using System.Text;
using WaConsole.Core.Team;

namespace WaConsole.Web.Hosting;

/// <summary>Where the person who started the program reads.</summary>
internal sealed record Terminal(TextWriter Out);

/// <summary>
/// Tells the person at the terminal where to go and how to sign in. Standard output only: the set-up code must not reach
/// the log, which other people and programs read.
/// </summary>
internal sealed class Greeting(SimulatorMode simulator, DemoMode demo, SetUpFirstAdmin setUp, Terminal terminal)
{
    public async Task PrintAsync(Uri? address, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            return;
        }

        var text = new StringBuilder().AppendLine();
        text.AppendLine($"  WaConsole listens at {address}");
        if (simulator.IsOn)
        {
            text.AppendLine("  WhatsApp is simulated: nothing is sent to real people.");
            text.AppendLine($"  Play a customer at {new Uri(address, "simulator")}");
        }

        if (demo.Allowed)
        {
            var accounts = string.Join(", ", SeedDemoAccounts.Accounts.Select(account => account.Email));
            text.AppendLine($"  Sign in with one click, or as {accounts}");
            text.AppendLine($"  with the password {DemoMode.Password} (works on this machine only).");
        }
        else if (await setUp.IsNeededAsync(cancellationToken))
        {
            AppendCode(text, address);
            setUp.CodeChanged += () => terminal.Out.WriteLine(AppendCode(new StringBuilder(), address));
        }

        await terminal.Out.WriteLineAsync(text, cancellationToken);
    }

    private StringBuilder AppendCode(StringBuilder text, Uri address) =>
        text.AppendLine($"  Make the first admin at {new Uri(address, "account/set-up")}").AppendLine($"  with the one-time code {setUp.Code}");
}
