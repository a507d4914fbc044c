using System.Diagnostics;
using System.Globalization;
using WaConsole.Benchmarks.Seeding;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Consent;

/// <summary>How long the gate takes to say whether somebody may be sent marketing, in a registry of a million people on a database of its own.</summary>
internal sealed record GateRun(int People, int Entries, int Questions, DatabaseProvider Database)
{
    private const double Promised = 5;
    private const int WarmUp = 200;

    /// <returns>Null when the words are not understood.</returns>
    public static GateRun? Read(ReadOnlySpan<string> words)
    {
        var run = new GateRun(1_000_000, 5_000_000, 10_000, DatabaseProvider.Sqlite);
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            switch (words[at])
            {
                case "--people" when isNumber:
                    run = run with { People = number };
                    break;
                case "--entries" when isNumber:
                    run = run with { Entries = number };
                    break;
                case "--questions" when isNumber:
                    run = run with { Questions = number };
                    break;
                case "--database" when Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database):
                    run = run with { Database = database };
                    break;
                default:
                    return null;
            }
        }

        return run.Entries >= run.People ? run : null;
    }

    /// <returns>1 when p99 is not under 5 ms.</returns>
    public async Task<int> RunAsync()
    {
        await using var core = await CoreHost.StartAsync(Database);
        var clock = Stopwatch.StartNew();
        await FillAsync(core);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{People:N0} people, {Entries:N0} entries, {Database}, filled in {clock.Elapsed.TotalSeconds:0} s"));

        var ask = core.Get<AskGate>();
        var dice = new Random(7);
        var offer = new ReplyContent.Template("offer", "en", new TemplateValues(new Dictionary<string, string> { ["body.1"] = "20 %" }));
        var times = new double[Questions];
        var allowed = 0;
        for (var at = -WarmUp; at < Questions; at++)
        {
            var began = Stopwatch.GetTimestamp();
            var verdict = await ask.RunAsync(Caller.System, 1 + dice.Next(People), offer, CancellationToken.None);
            if (at >= 0)
            {
                times[at] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                allowed += verdict is GateVerdict.Allowed ? 1 : 0;
            }
        }

        Array.Sort(times);
        var p99 = times[(int)(Questions * 0.99)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Questions:N0} answers, one after the other, {allowed:N0} allowed: p50 {times[Questions / 2]:0.00}   p95 {times[(int)(Questions * 0.95)]:0.00}   p99 {p99:0.00}   max {times[^1]:0.0} ms"));
        return p99 < Promised ? 0 : 1;
    }

    private async Task FillAsync(CoreHost core)
    {
        await using var db = await core.Get<Store>().OpenAsync(CancellationToken.None);
        db.Templates.Add(new Template
        {
            BusinessAccountId = core.AccountId,
            Name = "offer",
            Language = "en",
            WhatsAppId = "offer",
            Status = "APPROVED",
            Category = "MARKETING",
            ComponentsJson = """[{"type":"BODY","text":"Today {{1}} off"}]""",
        });
        await db.SaveChangesAsync();
        var now = core.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        await using var bulk = await BulkLoad.StartAsync(db);
        await WriteAsync(bulk, Everybody().Select(id => new Contact { Id = id, Phone = $"49151{id:00000000}", ProfileName = "Person", SearchText = $"person 49151{id:00000000}", Country = "DE", CreatedAtUtc = now.AddDays(-400) }));
        await WriteAsync(bulk, Everybody().Select(id => new Conversation { Id = id, ContactId = id, NumberId = core.NumberId, CreatedAtUtc = now.AddDays(-400), LastActivityAtUtc = now.AddSeconds(-id) }));
        await WriteAsync(bulk, Everybody().Select(id => new ConsentSubject { Id = id, ContactId = id, MadeFor = id, KeyProtected = new string('k', 230) }));
        await WriteAsync(bulk, Enumerable.Range(0, Entries).Select(at => Entry(at, now)));
        await WriteAsync(bulk, Everybody().SelectMany(id => States(id, now)));
        await bulk.EndAsync(_ => { });
    }

    private IEnumerable<long> Everybody() => Enumerable.Range(1, People).Select(id => (long)id);

    private ConsentEntry Entry(int at, DateTime now) => new()
    {
        Id = at + 1,
        Form = EntryMac.Form,
        SubjectId = 1 + (at % People),
        Purpose = at % 3 == 0 ? ConsentPurpose.Utility : ConsentPurpose.Marketing,
        Action = at % 5 == 0 ? ConsentAction.Withdrawn : ConsentAction.Granted,
        Source = ConsentSource.Website,
        AtUtc = now.AddMinutes(-(Entries - at) / 10.0),
        RecordedAtUtc = now.AddMinutes(-(Entries - at) / 10.0),
        BusinessName = "Alder & Oak",
        WordingLanguage = "en",
        WordingHash = new string('a', 64),
        Basis = LawfulBasis.Consent,
        Jurisdiction = "DE",
        Complete = true,
        Sealed = new byte[400],
        Mac = new byte[32],
    };

    /// <summary>One in four stopped, one in eight never agreed.</summary>
    private static IEnumerable<ConsentState> States(long id, DateTime now)
    {
        if (id % 8 != 0)
        {
            yield return State(id, ConsentPurpose.Marketing, id % 4 == 0 ? Standing.OptedOut : Standing.OptedIn, now);
        }

        yield return State(id, ConsentPurpose.Utility, Standing.OptedIn, now);
    }

    private static ConsentState State(long id, ConsentPurpose purpose, Standing what, DateTime now) => new()
    {
        ContactId = id,
        Purpose = purpose,
        What = what,
        SinceUtc = now.AddSeconds(-id),
        Source = ConsentSource.Website,
        Complete = true,
        Jurisdiction = "DE",
        EntryId = id,
    };

    private static async Task WriteAsync<T>(BulkLoad bulk, IEnumerable<T> rows)
        where T : class
    {
        await using var table = await bulk.TableAsync<T>();
        foreach (var row in rows)
        {
            await table.AddAsync(row);
        }

        await table.EndAsync();
    }
}
