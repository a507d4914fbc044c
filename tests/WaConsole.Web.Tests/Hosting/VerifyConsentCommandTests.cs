using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Tests.Hosting;

/// <summary>verify-consent, as an auditor runs it: the program itself, on the database of a console.</summary>
public sealed class VerifyConsentCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task It_ends_with_0_on_a_whole_registry_and_with_1_naming_the_row_that_was_changed(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var entries = new[] { await AgreeAsync(core, "+491701234561"), await AgreeAsync(core, "+491701234562"), await AgreeAsync(core, "+491701234563") };

        var whole = await RunAsync(core, "verify-consent");
        Assert.True(whole.Code == 0, whole.Errors);
        Assert.Matches("3 entries, .*nothing was changed", whole.Output);

        await TamperAsync(core, entries[1]);

        var changed = await RunAsync(core, "verify-consent");
        Assert.Equal(1, changed.Code);
        Assert.DoesNotContain("nothing was changed", changed.Output, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"EntryChanged: entry {entries[1]}, "), changed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(string.Create(CultureInfo.InvariantCulture, $"entry {entries[0]},"), changed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(string.Create(CultureInfo.InvariantCulture, $"entry {entries[2]},"), changed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_it_does_not_know_ends_with_2()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);

        var unknown = await RunAsync(core, "verify");

        Assert.Equal(2, unknown.Code);
        Assert.Contains("verify-consent", unknown.Errors, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_it_finds_is_shown_where_the_last_verdict_is(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await using var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton(core.Get<CheckRegistry>()).BuildServiceProvider();

        Assert.Equal(0, await Commands.RunAsync(services, ["verify-consent"]));

        var shown = (await core.Get<ReadRegistryCheck>().RunAsync(new Caller(1, "Ana", Role.Admin, null), Token))!;
        Assert.Equal((clock.GetUtcNow().UtcDateTime, "verify-consent", true), (shown.EndedAtUtc, shown.ByName, shown.Verdict?.IsWhole));
    }

    private static async Task<long> AgreeAsync(CoreHost core, string phone)
    {
        var person = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "Amina", phone, Token)).ContactId;
        var request = new OptInRequest(ConsentPurpose.Marketing, ConsentSource.Agent, LawfulBasis.Consent, "DE") { BusinessName = "Cafe Luna" };
        return Assert.IsType<RecordOptInOutcome.Recorded>(await core.Get<RecordOptIn>().RunAsync(Caller.System, person, request, Token)).EntryId;
    }

    /// <summary>By hand in the database, past the program.</summary>
    private static async Task TamperAsync(CoreHost core, long entry)
    {
        await using DbConnection connection = core.Database.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(core.Database.ConnectionString)
            : new NpgsqlConnection(core.Database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"UPDATE \"ConsentEntries\" SET \"BusinessName\" = 'Somebody else' WHERE \"Id\" = {entry}");
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(CoreHost core, string word)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(InstallFolders).Assembly.Location, word])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["LANG"] = "en_US.UTF-8";
        start.Environment["Database__Provider"] = core.Database.Provider.ToString();
        start.Environment["Database__ConnectionString"] = core.Database.ConnectionString;
        start.Environment["Media__Root"] = core.MediaRoot;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await errors);
    }
}
