using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Consent;
using WaConsole.Core.Tests.OptIns;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Rights;

public sealed class RightsTests
{
    private const string Phone = "4915100000042";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Of_who_was_erased_nothing_is_left_that_names_them_and_the_chain_still_verifies(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var other = await PersonAsync(core, "4915100000043", "Omar");
        var person = await PersonAsync(core, Phone, "Amina Said");
        var body = Encoding.UTF8.GetBytes($$"""{"wa_id":"{{Phone}}"}""");
        await core.WithDbAsync(async db =>
        {
            db.Deliveries.Add(new Delivery { Body = body, State = DeliveryState.Done, ProcessedAtUtc = DateTime.UnixEpoch });
            db.Deliveries.Add(new Delivery { Body = "{}"u8.ToArray(), State = DeliveryState.Done, ProcessedAtUtc = DateTime.UnixEpoch });
            db.Deliveries.Add(new Delivery { Body = body, State = DeliveryState.Pending });
            db.QuarantinedItems.Add(new QuarantinedItem { Body = body, ItemHash = "1", Reason = "" });
            db.ContactNotes.Add(new ContactNote { ContactId = person, Text = "Likes oak", AuthorName = "Ana" });
            await db.SaveChangesAsync(Token);
        });
        var file = await core.WithDbAsync(db => db.MediaFiles.Where(f => f.FileName == "Amina Said.jpg").Select(f => f.Key).SingleAsync(Token));
        Assert.True(File.Exists(core.Get<MediaStore>().PathOf(file)));
        await core.Get<LinkEntries>().RunAsync(Token);

        var erased = Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, " amina said ", Token));

        Assert.Equal((2, 1), (erased.Messages, erased.Files));
        Assert.False(File.Exists(core.Get<MediaStore>().PathOf(file)));
        await core.WithDbAsync(async db =>
        {
            Assert.Equal([other], await db.Contacts.Select(c => c.Id).ToListAsync(Token));
            Assert.Equal(2, await db.Messages.CountAsync(Token));
            Assert.Equal(1, await db.Conversations.CountAsync(Token));
            Assert.Equal(1, await db.MediaFiles.CountAsync(Token));
            Assert.Equal(0, await db.ContactNotes.CountAsync(Token));
            Assert.Equal(0, await db.QuarantinedItems.CountAsync(Token));
            Assert.Equal([DeliveryState.Done, DeliveryState.Pending], await db.Deliveries.OrderBy(d => d.Id).Select(d => d.State).ToListAsync(Token));
            var subject = await db.ConsentSubjects.SingleAsync(s => s.MadeFor == person, Token);
            Assert.Equal((null, null), (subject.ContactId, subject.KeyProtected));
            Assert.NotNull(subject.ErasedAtUtc);
            var audit = await db.ConsentAudits.SingleAsync(a => a.Deed == ConsentDeed.Erased, Token);
            Assert.Equal((person, new AuditDetail.Erased(2, 1)), (audit.PersonId, AuditDetail.Read(audit.Detail)));
        });
        await core.Get<LinkEntries>().RunAsync(Token);
        var verdict = await core.Get<VerifyConsent>().RunAsync(Token);
        Assert.Equal((3, 3), (verdict.Entries, verdict.Links));
        Assert.Empty(verdict.Found);
        Assert.Empty(await FindAsync(core, Phone, "Amina"));
    }

    [Theory, EveryDatabase]
    public async Task What_is_left_of_the_erased_is_forgotten_even_when_whoever_asked_went_away(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await PersonAsync(core, Phone, "Amina Said");
        await core.WithDbAsync(async db =>
        {
            db.Deliveries.Add(new Delivery { Body = Encoding.UTF8.GetBytes(Phone), State = DeliveryState.Done, ProcessedAtUtc = DateTime.UnixEpoch });
            await db.SaveChangesAsync(Token);
        });
        var file = core.Get<MediaStore>().PathOf(await core.WithDbAsync(db => db.MediaFiles.Select(f => f.Key).SingleAsync(Token)));
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(Token);
        core.Get<LiveUpdates>().Published += change =>
        {
            if (change is ContactChanged)
            {
                asking.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina Said", asking.Token));

        Assert.True(File.Exists(file));
        Assert.Equal(1, await core.WithDbAsync(db => db.Deliveries.CountAsync(Token)));

        await core.Get<RetentionWorker>().RunOnceAsync(() => { }, Token);

        Assert.False(File.Exists(file));
        Assert.Equal(0, await core.WithDbAsync(db => db.Deliveries.CountAsync(Token)));
        Assert.Equal(0, await core.WithDbAsync(db => db.Remnants.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Who_was_erased_and_writes_again_gets_no_marketing_until_they_agree_anew(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var person = await PersonAsync(core, Phone, "Amina", clock);
        await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina", Token);
        clock.Advance(TimeSpan.FromDays(1));

        var again = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "", Phone, Token));
        Assert.True(again.New);
        await SeedOptIn.WriteAsync(core, again.ContactId, clock.GetUtcNow().UtcDateTime.AddDays(-10));
        Assert.Equal(Standing.OptedOut, await StandingAsync());
        await SeedOptIn.WriteAsync(core, again.ContactId, clock.GetUtcNow().UtcDateTime);
        Assert.Equal(Standing.OptedIn, await StandingAsync());

        async Task<Standing> StandingAsync() => (await core.Get<ReadConsent>().RunAsync(Caller.System, again.ContactId, Token))!.Standing.Marketing.What;
    }

    [Theory, EveryDatabase]
    public async Task Who_stopped_everything_stays_stopped_after_they_were_erased(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var person = await PersonAsync(core, Phone, "Amina", clock);
        await core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.All, ConsentSource.Agent), Token);
        clock.Advance(TimeSpan.FromMinutes(10));
        await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina", Token);
        clock.Advance(TimeSpan.FromDays(1));
        await core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = core.AccountId,
                Name = "code",
                Language = "en",
                WhatsAppId = "code",
                Status = "APPROVED",
                Category = "AUTHENTICATION",
                ComponentsJson = """[{"type":"BODY","text":"Your code"}]""",
            });
            await db.SaveChangesAsync(Token);
        });

        var again = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "", Phone, Token)).ContactId;
        Assert.Equal("opted_out_all", await AnswerAsync(again));
        var other = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "", "+4917099887766", Token)).ContactId;
        Assert.NotEqual("opted_out_all", await AnswerAsync(other));
        await SeedOptIn.WriteAsync(core, again, clock.GetUtcNow().UtcDateTime.AddDays(-10));
        var standing = (await core.Get<ReadConsent>().RunAsync(Caller.System, again, Token))!.Standing;
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedOut, standing.Of(purpose).What));

        async Task<string?> AnswerAsync(long contact)
        {
            var thread = await core.WithDbAsync(async db =>
            {
                var opened = await OpenConversation.ApplyAsync(db, contact, core.NumberId, clock.GetUtcNow().UtcDateTime, Token);
                await db.SaveChangesAsync(Token);
                return opened.Id;
            });
            var verdict = await core.Get<AskGate>().RunAsync(Caller.System, thread, new ReplyContent.Template("code", "en", TemplateValues.None), Token);
            return verdict is GateVerdict.Refused refused ? refused.Why.Code : null;
        }
    }

    [Theory, EveryDatabase]
    public async Task A_stop_of_a_single_kind_is_not_lost_with_the_person_who_said_it(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var person = await PersonAsync(core, Phone, "Amina", clock);
        await core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.Marketing, ConsentSource.Agent), Token);
        await core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.Utility, ConsentSource.Agent), Token);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina", Token));
        clock.Advance(TimeSpan.FromDays(1));

        var again = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, "", Phone, Token)).ContactId;
        var kept = await core.WithDbAsync(db => Suppressions.WithoutEverythingAsync(db, [again], Token));

        Assert.Equal([again], kept);
    }

    [Fact]
    public async Task Nobody_is_erased_by_a_slip_by_an_agent_or_while_a_message_leaves()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var person = await PersonAsync(core, Phone, "Amina");

        Assert.IsType<ErasePersonOutcome.Refused>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amin", Token));
        Assert.IsType<ErasePersonOutcome.NoSuchContact>(await core.Get<ErasePerson>().RunAsync(Caller.System, 999_999, "Amina", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ErasePerson>().RunAsync(new Caller(1, "Ana", Role.Agent, null), person, "Amina", Token));
        var ofOtherNumbers = new Caller(1, "Ana", Role.Admin, new HashSet<long>());
        Assert.IsType<ErasePersonOutcome.NoSuchContact>(await core.Get<ErasePerson>().RunAsync(ofOtherNumbers, person, "Amina", Token));

        await core.WithDbAsync(async db =>
        {
            var message = await db.Messages.OrderBy(m => m.Id).FirstAsync(Token);
            db.Outbox.Add(new OutboxEntry { MessageId = message.Id, ConversationId = message.ConversationId, NumberId = core.NumberId, State = OutboxState.Sending });
            await db.SaveChangesAsync(Token);
        });
        Assert.IsType<ErasePersonOutcome.Refused>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina", Token));
        Assert.Equal(1, await core.WithDbAsync(db => db.Contacts.CountAsync(Token)));
    }

    /// <summary>Whoever adds a table that names a person, a thread or a message decides here what an erasure does with it.</summary>
    [Fact]
    public async Task Every_table_that_names_a_person_a_thread_or_a_message_is_known_to_the_erasure()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);

        var tables = await core.WithDbAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(type => type.GetProperties().Any(property => property.Name is "ConversationId" or "ContactId" or "PersonId" or "MessageId" or "SubjectId"))
            .Select(type => type.ClrType.Name)
            .Order(StringComparer.Ordinal)
            .ToList()));

        Assert.Equal(
            [
                "AwayAnswer", "ConsentAudit", "ConsentEntry", "ConsentFile", "ConsentState", "ConsentSubject", "ContactBlock", "ContactFieldValue",
                "ContactIdentifier", "ContactLabel", "ContactNote", "Conversation", "ConversationLabel", "Draft", "MediaFile", "Message", "MessageStatusFact",
                "Notification", "OutboxEntry", "Participant", "PortfolioReach", "Reaction", "StopReview", "ToldNotice",
            ],
            tables);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_erased_is_no_tester_any_more_and_the_other_testers_stay(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await PersonAsync(core, Phone, "Amina");
        await core.WithDbAsync(db => db.Numbers.Where(n => n.Id == core.NumberId)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.Testers, $"4915100000099,{Phone}"), Token));

        Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina", Token));

        Assert.Equal("4915100000099", await core.WithDbAsync(db => db.Numbers.Where(n => n.Id == core.NumberId).Select(n => n.Testers).SingleAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task An_export_holds_everything_known_and_is_on_record(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await PersonAsync(core, Phone, "Amina");
        await core.WithDbAsync(async db =>
        {
            db.ContactNotes.Add(new ContactNote { ContactId = person, Text = "Likes oak", AuthorName = "Ana" });
            await db.SaveChangesAsync(Token);
        });

        List<PersonRow> rows = [];
        await foreach (var row in (await core.Get<ExportPerson>().RunAsync(Caller.System, person, "json", Token))!)
        {
            rows.Add(row);
        }

        Assert.Equal(rows.Select(row => Array.IndexOf([.. ExportPerson.Parts], row.Part)).Order(), rows.Select(row => Array.IndexOf([.. ExportPerson.Parts], row.Part)));
        Assert.Equal(
            [("audit", 1), ("consent", 1), ("contact", 1), ("conversations", 1), ("files", 1), ("identifiers", 1), ("messages", 2), ("notes", 1), ("standing", 1)],
            rows.GroupBy(row => row.Part).Select(part => (part.Key, part.Count())).OrderBy(part => part.Key, StringComparer.Ordinal));
        Assert.Contains(rows, row => row.Facts.Any(fact => fact is { Name: "text", Value: "Likes oak" }));
        Assert.Contains(rows, row => row.Part == "consent" && row.Facts.Any(fact => fact is { Name: "evidence", Value: "Form of the shop" }));
        var line = Assert.Single((await core.Get<ListAudit>().RunAsync(Caller.System, new AuditQuery(ConsentDeed.Exported), Token)).Lines);
        Assert.Equal((person, new AuditDetail.Export("json")), (line.PersonId, line.Detail));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ExportPerson>().RunAsync(new Caller(1, "Ana", Role.Marketer, null), person, "json", Token));
    }

    [Theory, EveryDatabase]
    public async Task A_certificate_shows_the_proof_and_says_so_when_an_entry_was_changed(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await PersonAsync(core, Phone, "Amina");
        var entry = await core.WithDbAsync(db => db.ConsentEntries.Select(e => e.Id).SingleAsync(Token));

        var waiting = (await core.Get<ReadCertificate>().RunAsync(Caller.System, person, entry, Token))!;
        Assert.Equal((null, true), (waiting.Sequence, waiting.Sound));
        await core.Get<LinkEntries>().RunAsync(Token);
        var linked = (await core.Get<ReadCertificate>().RunAsync(Caller.System, person, entry, Token))!;
        Assert.Equal((1L, true, "Form of the shop", Phone), (linked.Sequence, linked.Sound, linked.Evidence!.Note, linked.Phone));

        await core.WithDbAsync(db => db.ConsentEntries.ExecuteUpdateAsync(set => set.SetProperty(e => e.Jurisdiction, "US"), Token));
        Assert.False((await core.Get<ReadCertificate>().RunAsync(Caller.System, person, entry, Token))!.Sound);
        Assert.Equal(3, (await core.Get<ListAudit>().RunAsync(Caller.System, new AuditQuery(ConsentDeed.Certificate), Token)).Lines.Count);
        Assert.Null(await core.Get<ReadCertificate>().RunAsync(Caller.System, person + 1, entry, Token));
    }

    [Theory, EveryDatabase]
    public async Task The_audit_log_is_filtered_and_paged(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        await core.WithDbAsync(async db =>
        {
            for (var at = 0; at < 10; at++)
            {
                db.ConsentAudits.Add(ConsentAudit.Of(1, at % 2 == 0 ? "Ana" : "Ben", at < 5 ? ConsentDeed.Looked : ConsentDeed.Exported, at, start.AddDays(at)));
                await db.SaveChangesAsync(Token);
            }
        });

        var audit = core.Get<ListAudit>();
        var first = await audit.RunAsync(Caller.System, new AuditQuery(Limit: 4), Token);
        var second = await audit.RunAsync(Caller.System, new AuditQuery(Limit: 4, Before: first.Next), Token);
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2], first.Lines.Concat(second.Lines).Select(line => line.PersonId));
        Assert.Equal([8, 6], (await audit.RunAsync(Caller.System, new AuditQuery(ConsentDeed.Exported, "Ana"), Token)).Lines.Select(line => line.PersonId));
        Assert.Equal([3, 2], (await audit.RunAsync(Caller.System, new AuditQuery(FromUtc: start.AddDays(2), ToUtc: start.AddDays(4)), Token)).Lines.Select(line => line.PersonId));
        await Assert.ThrowsAsync<NotAllowedException>(() => audit.RunAsync(new Caller(1, "Ana", Role.Agent, null), new AuditQuery(), Token));
    }

    [Theory, EveryDatabase]
    public async Task What_is_older_than_it_is_kept_goes_in_the_night_and_nothing_goes_by_itself(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await PersonAsync(core, Phone, "Amina", clock);
        await core.WithDbAsync(db => db.Messages.ExecuteUpdateAsync(set => set.SetProperty(m => m.CreatedAtUtc, clock.GetUtcNow().UtcDateTime.AddDays(-40)), Token));
        clock.Advance(TimeSpan.FromDays(40));
        await SweepAsync();
        Assert.Equal(2, await core.WithDbAsync(db => db.Messages.CountAsync(Token)));

        Assert.IsType<SaveRetentionOutcome.Refused>(await core.Get<SaveRetention>().RunAsync(Caller.System, new RetentionTerms { AuditDays = 5 }, Token));
        Assert.IsType<SaveRetentionOutcome.Saved>(await core.Get<SaveRetention>().RunAsync(Caller.System, new RetentionTerms { FileDays = 10 }, Token));
        var file = await core.WithDbAsync(db => db.MediaFiles.Select(f => f.Key).SingleAsync(Token));
        await SweepAsync();
        Assert.Equal((2, MediaState.Failed), (await core.WithDbAsync(db => db.Messages.CountAsync(Token)), await core.WithDbAsync(db => db.MediaFiles.Select(f => f.State).SingleAsync(Token))));
        Assert.False(File.Exists(core.Get<MediaStore>().PathOf(file)));

        await core.Get<SaveRetention>().RunAsync(Caller.System, new RetentionTerms { MessageDays = 30 }, Token);
        var kept = await core.WithDbAsync(db => db.Messages.OrderBy(m => m.Id).Select(m => m.Id).FirstAsync(Token));
        await core.WithDbAsync(async db =>
        {
            var message = await db.Messages.SingleAsync(m => m.Id == kept, Token);
            db.Outbox.Add(new OutboxEntry { MessageId = kept, ConversationId = message.ConversationId, NumberId = core.NumberId, State = OutboxState.Waiting });
            await db.SaveChangesAsync(Token);
        });
        await SweepAsync();
        Assert.Equal([kept], await core.WithDbAsync(db => db.Messages.Select(m => m.Id).ToListAsync(Token)));
        Assert.Equal(1, await core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token)));

        Task SweepAsync() => core.Get<SweepOld>().RunAsync(() => { }, Token);
    }

    [Fact]
    public async Task The_nightly_sweep_takes_one_turn_a_night_however_many_nodes_there_are()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Clock = clock });
        List<DateTime> turns = [];
        DateTime? last = null;
        for (var hour = 0; hour < 49; hour++)
        {
            await core.Get<RetentionWorker>().RunOnceAsync(() => { }, Token);
            var (_, swept) = await core.Get<ReadRetention>().RunAsync(Caller.System, Token);
            if (swept != last)
            {
                turns.Add(swept!.Value);
            }

            last = swept;
            clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([new DateTime(2026, 11, 26, 12, 0, 0), new DateTime(2026, 11, 27, 1, 0, 0), new DateTime(2026, 11, 28, 1, 0, 0)], turns);
    }

    private static async Task<long> PersonAsync(CoreHost core, string phone, string name, FakeTimeProvider? clock = null)
    {
        var person = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, name, phone, Token)).ContactId;
        var now = clock?.GetUtcNow().UtcDateTime ?? DateTime.UnixEpoch.AddYears(56);
        await SeedOptIn.WriteAsync(core, person, now);
        var key = Guid.CreateVersion7();
        await core.Get<MediaStore>().WriteAsync(key, async file =>
        {
            await file.WriteAsync("picture"u8.ToArray(), Token);
            return 0;
        }, Token);
        await core.WithDbAsync(async db =>
        {
            var thread = new Conversation { ContactId = person, NumberId = core.NumberId, CreatedAtUtc = now, LastActivityAtUtc = now, LastPreview = name };
            db.Conversations.Add(thread);
            await db.SaveChangesAsync(Token);
            var file = new MediaFile { Key = key, State = MediaState.Ready, ConversationId = thread.Id, FileName = $"{name}.jpg", MimeType = "image/jpeg", CreatedAtUtc = now };
            db.MediaFiles.Add(file);
            await db.SaveChangesAsync(Token);
            db.Messages.Add(new Message { ConversationId = thread.Id, NumberId = core.NumberId, Direction = MessageDirection.Inbound, Kind = MessageKind.Text, Text = $"I am {name}", CreatedAtUtc = now, SentAtUtc = now });
            db.Messages.Add(new Message { ConversationId = thread.Id, NumberId = core.NumberId, Direction = MessageDirection.Inbound, Kind = MessageKind.Image, MediaFileId = file.Id, CreatedAtUtc = now, SentAtUtc = now });
            await db.SaveChangesAsync(Token);
        });
        return person;
    }

    /// <summary>Columns of any table that hold one of these texts, as whoever has the file of the database would look for them.</summary>
    private static async Task<IReadOnlyList<string>> FindAsync(CoreHost core, params string[] texts)
    {
        List<string> found = [];
        await core.WithDbAsync(async db =>
        {
            foreach (var type in db.Model.GetEntityTypes().Where(type => !type.IsMappedToJson()))
            {
                foreach (var column in type.GetProperties().Where(property => property.ClrType == typeof(string)))
                {
                    foreach (var text in texts)
                    {
                        var sql = $"""SELECT COUNT(*) AS "Value" FROM "{type.GetTableName()}" WHERE "{column.GetColumnName()}" LIKE '%{text}%'""";
#pragma warning disable EF1002 // Names of our own tables and words of this test.
                        if (await db.Database.SqlQueryRaw<int>(sql).SingleAsync(Token) > 0)
#pragma warning restore EF1002
                        {
                            found.Add($"{type.ClrType.Name}.{column.Name}");
                        }
                    }
                }
            }
        });
        return found;
    }
}
