using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Consent;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Rights;

/// <summary>Somebody is erased while something of theirs is written.</summary>
public sealed class ErasureCrossedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Who_is_written_about_at_the_moment_of_their_erasure_is_erased_with_what_was_written(DatabaseProvider provider)
    {
        var crossing = new BeforeDeriving();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions
        {
            Services = services => services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(crossing)),
        });
        var thread = await new SeedConversation { NumberId = core.NumberId, Name = "Amina Said", Texts = ["I am Amina"] }.WriteAsync(core.Get<Store>());
        var person = await core.WithDbAsync(db => db.Conversations.Where(c => c.Id == thread).Select(c => c.ContactId).SingleAsync(Token));
        await SeedOptIn.WriteAsync(core, person, DateTime.UnixEpoch.AddYears(56));

        // One connection at a time writes to a file of SQLite: there it comes by the erasure's own, and goes when that is rolled back.
        crossing.Act = erasing => provider == DatabaseProvider.Sqlite
            ? StandWithCallsAsync(erasing, person)
            : core.WithDbAsync(db => StandWithCallsAsync(db, person));
        var erased = Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina Said", Token));

        Assert.Equal((1, null), (erased.Messages, crossing.Act));
        Assert.True(crossing.Failed);
        await core.WithDbAsync(async db =>
        {
            Assert.Equal(0, await db.Contacts.CountAsync(Token));
            Assert.Equal(0, await db.Conversations.CountAsync(Token));
            Assert.Equal(0, await db.ConsentStates.CountAsync(Token));
            Assert.Equal(1, await db.ConsentEntries.CountAsync(e => e.Action == ConsentAction.Erased, Token));
            Assert.Equal(1, await db.ConsentAudits.CountAsync(a => a.Deed == ConsentDeed.Erased && a.PersonId == person, Token));
        });
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.True((await core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);
    }

    /// <summary>As with marketing. Plain SQL, since a context that is saving does nothing else.</summary>
    private static async Task StandWithCallsAsync(WaConsoleDb db, long person)
    {
        var columns = db.Model.FindEntityType(typeof(ConsentState))!.GetProperties()
            .Select(property => property.GetColumnName()).Where(name => name != nameof(ConsentState.Purpose)).Select(name => $"\"{name}\"");
        var rest = string.Join(", ", columns);
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(Token);
        await using var command = connection.CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Names of our own columns and ids of this test.
        command.CommandText = $"""
            INSERT INTO "ConsentStates" ("Purpose", {rest})
            SELECT {(int)ConsentPurpose.Calls}, {rest} FROM "ConsentStates" WHERE "ContactId" = {person} AND "Purpose" = {(int)ConsentPurpose.Marketing}
            """;
#pragma warning restore CA2100
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        await db.Database.CloseConnectionAsync();
    }

    /// <summary>Something that happens once, right before it is written where the erased person stands.</summary>
    private sealed class BeforeDeriving : SaveChangesInterceptor
    {
        public Func<WaConsoleDb, Task>? Act { get; set; }

        public bool Failed { get; private set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Act is { } act && eventData.Context!.ChangeTracker.Entries<ConsentState>()
                .Any(entry => entry.State == EntityState.Added && entry.Entity.Purpose == ConsentPurpose.Calls))
            {
                Act = null;
                await act((WaConsoleDb)eventData.Context);
            }

            return result;
        }

        public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            Failed = true;
            return Task.CompletedTask;
        }
    }
}
