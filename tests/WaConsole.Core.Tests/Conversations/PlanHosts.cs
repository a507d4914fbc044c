using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

[CollectionDefinition(nameof(PlanHosts))]
public sealed class PlanHostsCollection : ICollectionFixture<PlanHosts>;

/// <summary>
/// A database of each kind with 100,000 conversations, messages, parked items, bodies and marks, written by the database itself and analysed.
/// One conversation more, <see cref="Long"/>, has 10,000 messages, of which two are orders and twenty were charged. Every message was sent or
/// waits to be: a broadcast of 40,000 is under way, of which half is due. Everybody agreed to something and was told something.
/// </summary>
public sealed class PlanHosts : IAsyncDisposable
{
    public const int Rows = 100_000;

    /// <summary>The conversation of 10,000 messages.</summary>
    public const long Long = 6_001;

    /// <summary>An approved template.</summary>
    public const string Template = "order_update";

    private readonly Dictionary<DatabaseProvider, CoreHost> _hosts = [];

    public static string PhoneOf(int contact) => $"4917{contact:D8}";

    public static string WamidOf(int message) => $"wamid.known.{message}";

    public static Guid KeyOf(int message) => Guid.Parse($"00000000-0000-7000-8000-{message:x12}");

    internal SeenSql Seen { get; } = new();

    public async Task<CoreHost> GetAsync(DatabaseProvider provider)
    {
        if (!_hosts.TryGetValue(provider, out var host))
        {
            host = _hosts[provider] = await SeenSql.StartAsync(provider, Seen);
            await host.WithDbAsync(db => FillAsync(db, host.NumberId, host.AccountId));
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>A tenth is open, a twentieth waits and has unread messages, one in a hundred belongs to the second number.</summary>
    private static async Task FillAsync(WaConsoleDb db, long number, long account)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(2));

        // What is written here fits together: to look up each row's relatives is half of the time. PostgreSQL leaves its triggers out with it, which
        // add up charges; no plan asks for those.
        await db.Database.OpenConnectionAsync();
        await RunAsync(db.Database.IsSqlite() ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica");
        string At(string minutes) => db.Database.IsSqlite()
            ? $"strftime('%Y-%m-%d %H:%M:%S', 'now', ({minutes}) || ' minutes')"
            : $"now() + ({minutes}) * interval '1 minute'";

        var (no, yes) = db.Database.IsSqlite() ? ("0", "1") : ("false", "true");
        var rows = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})";
        await RunAsync(
            $"""
             {rows} INSERT INTO "Contacts" ("Id", "ProfileName", "SearchText", "CreatedAtUtc")
             SELECT i, 'Customer ' || i, 'customer ' || i, {At("-i")} FROM n
             """);
        await RunAsync(
            $"""
             {rows} INSERT INTO "Conversations" ("Id", "ContactId", "NumberId", "Status", "AssigneeId", "UnreadCount", "LastActivityAtUtc", "LastPreview",
                 "LastKind", "LastDirection", "LastStatus", "WaitingSinceUtc", "WindowExpiresAtUtc", "WindowExpiryAnnounced", "OwnedElsewhere", "CreatedAtUtc")
             SELECT i, i, {number} + CASE WHEN i % 100 = 0 THEN 1 ELSE 0 END, CASE WHEN i % 10 < 7 THEN 4 ELSE i % 10 - 6 END,
                 CASE WHEN i / 10 % 30 < 10 THEN NULL ELSE i / 10 % 30 END, CASE WHEN i % 20 = 7 THEN 2 ELSE 0 END, {At($"i - {Rows}")}, '',
                 1, 1, 0, CASE WHEN i % 20 = 7 THEN {At($"i - {Rows}")} END, {At($"i - {Rows - 5_000}")}, {yes}, {no}, {At($"i - {Rows}")} FROM n
             """);
        await RunAsync(
            $"""
             {rows} INSERT INTO "Messages" ("Wamid", "ClientKey", "Id", "ConversationId", "NumberId", "Direction", "Kind", "Text", "Status", "SentAtUtc",
                 "CreatedAtUtc", "Forwarded")
             SELECT 'wamid.known.' || i, {(db.Database.IsSqlite() ? "printf('00000000-0000-7000-8000-%012X', i)" : "('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid")}, i, 1 + i % 5000, {number}, 1, 1, CASE WHEN i % 3 = 0 THEN 'order ' ELSE 'thanks ' END || i || CASE WHEN i % 4999 = 9 THEN ' needle' ELSE '' END, 0,
                 {At($"i - {Rows}")}, {At($"i - {Rows}")}, {no} FROM n
             """);
        await RunAsync(
            $"""
             {rows} INSERT INTO "Messages" ("Id", "ConversationId", "NumberId", "Direction", "Kind", "Text", "Status", "SentAtUtc", "CreatedAtUtc", "Forwarded",
                 "PricingCategory", "PricingType")
             SELECT -i, {Long}, {number}, 2, CASE WHEN i % 4000 = 0 THEN 11 ELSE 1 END, '', 0, {At($"i - {Rows}")}, {At($"i - {Rows}")}, {no},
                 'utility', CASE WHEN i % 500 = 0 THEN 'regular' ELSE 'free_customer_service' END FROM n WHERE i <= 10000
             """);
        await FillSendingAsync(rows, RunAsync, At, number);
        await FillPeopleAsync(rows, RunAsync, At, account, db.Database.IsSqlite() ? "X'00'" : @"'\x00'", (no, yes));
        db.Templates.Add(new Template
        {
            BusinessAccountId = account,
            Name = Template,
            Language = "en",
            WhatsAppId = "1",
            Status = "APPROVED",
            Category = "MARKETING",
            ComponentsJson = """[{"type":"BODY","text":"Your order has left."}]""",
            SyncedAtUtc = TimeProvider.System.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync();
        await FillIntakeAsync(rows, RunAsync, At, db.Database.IsSqlite() ? "X'7B7D'" : @"'\x7b7d'");
        await RunAsync(db.Database.IsSqlite() ? "PRAGMA foreign_keys = ON" : "RESET session_replication_role");
        await RunAsync(db.Database.IsSqlite() ? "ANALYZE" : "VACUUM (ANALYZE)");

        Task<int> RunAsync(string sql) => db.Database.ExecuteSqlRawAsync(sql);
    }

    /// <summary>Most is done; the rest is one broadcast, and what colleagues wrote to the first hundred people meanwhile.</summary>
    private static Task<int> FillSendingAsync(string rows, Func<string, Task<int>> run, Func<string, string> at, long number) => run(
        $"""
         {rows} INSERT INTO "Outbox" ("Id", "MessageId", "NumberId", "ConversationId", "Lane", "State", "NextAttemptAtUtc", "Attempts", "DeadlineAtUtc",
             "CreatedAtUtc", "LeasedUntilUtc")
         SELECT i, i, {number}, 1 + i % 5000, CASE WHEN i > {Rows - 100} THEN 0 ELSE 2 END, CASE WHEN i > {Rows - 40_000} THEN 0 ELSE 2 END,
             CASE WHEN i % 2 = 0 OR i > {Rows - 100} THEN {at("-10")} ELSE {at("10 + i / 1000")} END, 0, {at("60 * 24")}, {at("-10")}, NULL FROM n
         """);

    /// <summary>Phone, standing, entry and notice of each, and a status of each message.</summary>
    private static async Task FillPeopleAsync(
        string rows, Func<string, Task<int>> run, Func<string, string> at, long account, string bytes, (string No, string Yes) word)
    {
        await run(
            $"""
             {rows} INSERT INTO "ContactIdentifiers" ("Id", "ContactId", "Kind", "Value", "MatchKey", "Scope", "FirstSeenAtUtc", "LastSeenAtUtc")
             SELECT i, i, 1, '4917' || substr('0000000' || i, length('' || i)), '4917' || substr('0000000' || i, length('' || i)), '', {at("-i")}, {at("-i")} FROM n
             """);
        await run(
            $"""
             {rows} INSERT INTO "ConsentStates" ("ContactId", "Purpose", "What", "SinceUtc", "Source", "Complete", "EntryId")
             SELECT i, 1, 1, {at("-i")}, 1, {word.Yes}, i FROM n
             """);
        await run($"""{rows} INSERT INTO "ConsentSubjects" ("Id", "ContactId", "MadeFor") SELECT i, i, i FROM n""");
        await run(
            $"""
             {rows} INSERT INTO "ConsentEntries" ("Id", "Form", "SubjectId", "Purpose", "Action", "Source", "AtUtc", "RecordedAtUtc", "Complete", "ActorName",
                 "Sealed", "Mac")
             SELECT i, 3, i, 1, 1, 1, {at("-i")}, {at("-i")}, {word.Yes}, '', {bytes}, {bytes} FROM n
             """);
        await run(
            $"""
             {rows} INSERT INTO "ToldNotices" ("Id", "ContactId", "BusinessAccountId", "Fingerprint", "IsMarketing", "AtUtc", "IsAgain")
             SELECT i, i, {account}, 'told ' || i, {word.Yes}, {at("-i")}, {word.No} FROM n
             """);
        await run(
            $"""
             {rows} INSERT INTO "MessageStatusFacts" ("Id", "MessageId", "Wamid", "Status", "Participant", "AtUtc")
             SELECT i, i, 'wamid.known.' || i, 'sent', '', {at("-i")} FROM n
             """);
    }

    /// <summary>Items that wait for a message that never came, bodies and marks; a hundred bodies and marks are too old to keep.</summary>
    private static async Task FillIntakeAsync(string rows, Func<string, Task<int>> run, Func<string, string> at, string body)
    {
        var age = $"CASE WHEN i <= 100 THEN -60 * 24 * 60 ELSE i - {Rows} END";
        await run(
            $"""
             {rows} INSERT INTO "ParkedItems" ("Id", "BusinessAccountId", "Wamid", "ItemHash", "Body", "ParkedAtUtc", "ExpiresAtUtc")
             SELECT i, 1, 'wamid.absent.' || i, 'parked ' || i, {body}, {at("-i / 100")}, {at("10000 - i / 100")} FROM n
             """);
        await run(
            $"""
             {rows} INSERT INTO "Deliveries" ("Id", "Body", "BusinessAccountId", "ReceivedAtUtc", "State", "ItemCount", "NextItem", "ProcessedAtUtc")
             SELECT i, {body}, 1, {at(age)}, 1, 1, 1, {at(age)} FROM n
             """);
        await run($"""{rows} INSERT INTO "HandledItems" ("ItemHash", "HandledAtUtc") SELECT 'mark ' || i, {at(age)} FROM n""");
    }
}
