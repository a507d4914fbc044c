using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.OptIns;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Capture;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Tests.Sending;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Contacts;

/// <summary>What somebody agreed to does not go with their number to whoever has it next; with the person it does.</summary>
public sealed class NumberPassedTests
{
    private const string NewPhone = "491779999999";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Another_user_id_behind_a_number_ends_every_consent_and_says_so_in_the_ledger_and_the_thread(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);

        await PassAsync(bench);

        var view = await bench.ViewAsync();
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal((Standing.Expired, ConsentSource.NumberPassed), (view.Standing.Of(purpose).What, view.Standing.Of(purpose).Source)));
        Assert.Equal((ConsentPurpose.All, ConsentAction.Expired, $"{Hooks.AminaId} > DE.2"), (view.Lines[0].Purpose, view.Lines[0].Action, view.Lines[0].Evidence!.Note));
        var lines = await bench.Core.WithDbAsync(db => db.Messages.AsNoTracking().Where(m => m.Kind == MessageKind.Activity).ToListAsync(Token));
        Assert.Equal(NumberPassed.Kind, Assert.IsType<MessageContent.Activity>(ContentJson.Read(Assert.Single(lines).ContentJson)).Type);
        await bench.Core.Get<LinkEntries>().RunAsync(Token);
        Assert.True((await bench.Core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);
    }

    [Theory, EveryDatabase]
    public async Task No_offer_goes_to_who_has_the_number_now_nor_anything_that_was_queued_before(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var offer = Assert.IsType<SendReplyOutcome.Queued>(await OfferAsync(bench, "1"));
        var words = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, new ReplyContent.Text("Your parcel is here")));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, words.MessageId));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        await PassAsync(bench);

        var refused = Assert.IsType<SendReplyOutcome.Refused>(await OfferAsync(bench, "2")).Why;
        Assert.Equal("number_passed", refused.Code);
        Assert.Contains("somebody else", refused.Sentence, StringComparison.Ordinal);
        Assert.NotNull(refused.Remedy);
        foreach (var queued in (long[])[offer.MessageId, words.MessageId])
        {
            Assert.Equal("number_passed", Assert.IsType<GateAnswer.Refused>(await AtSendingAsync(bench, queued)).Why.Code);
        }

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var anew = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, new ReplyContent.Text("Who is it?")));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, anew.MessageId));
    }

    [Theory, EveryDatabase]
    public async Task That_the_person_before_had_written_lets_no_notice_go_to_who_has_the_number_now_until_they_write_or_it_turns_out_the_same_person(DatabaseProvider provider)
    {
        foreach (var writes in (bool[])[true, false])
        {
            await using var bench = await CaptureBench.StartAsync(provider);
            await SeedTemplate.WriteAsync(bench.Core.Get<Store>(), bench.Core.NumberId, "notice", "UTILITY", """[{"type":"BODY","text":"Hello {{1}}"}]""");
            Assert.IsType<SaveGateSettingsOutcome.Saved>(
                await bench.Core.Get<SaveGateSettings>().RunAsync(Caller.System, bench.Core.AccountId, new GateSettings { QuietFrom = null, QuietTo = null }, Token));
            await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello", userId: Hooks.AminaId)));
            Assert.IsType<SendReplyOutcome.Queued>(await NoticeAsync(bench, "1"));
            await bench.Intake.OutgoingAsync(DeliveryStatus.Sent, "wamid.out");
            bench.Clock.Advance(TimeSpan.FromMinutes(10));

            await bench.Intake.TakeAsync(Hooks.Statuses(Status(bench, "delivered", "DE.2")));

            Assert.Equal("number_passed", Assert.IsType<SendReplyOutcome.Refused>(await NoticeAsync(bench, "2")).Why.Code);
            bench.Clock.Advance(TimeSpan.FromMinutes(10));
            await bench.Intake.TakeAsync(writes ? Hooks.Messages(Hooks.Text("wamid.2", "New here", Now(bench), userId: "DE.2")) : Update(bench, Hooks.AminaId, "DE.2"));
            var queued = Assert.IsType<SendReplyOutcome.Queued>(await NoticeAsync(bench, "3"));
            Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, queued.MessageId));
        }

        static Task<SendReplyOutcome> NoticeAsync(CaptureBench bench, string name) => SendAsync(bench, QueueBench.Template("notice", ("body.1", name)));
    }

    [Theory, EveryDatabase]
    public async Task What_the_new_person_agrees_to_in_their_first_message_counts_and_a_stop_of_the_one_before_stays(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SeedOptIn.StopAsync(bench.Core, await bench.ContactAsync(), Now(bench), ConsentPurpose.Calls);

        var at = await PassAsync(bench);
        await AgreeAsync(bench, ConsentPurpose.Marketing, at);

        var standing = (await bench.ViewAsync()).Standing;
        Assert.Equal((Standing.OptedIn, Standing.Expired, Standing.OptedOut), (standing.Marketing.What, standing.Utility.What, standing.Calls.What));
        Assert.IsType<SendReplyOutcome.Queued>(await OfferAsync(bench, "1"));
    }

    [Theory, EveryDatabase]
    public async Task Who_moves_to_a_new_number_by_WhatsApps_own_notice_takes_what_they_agreed_to_along(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);

        await bench.Intake.TakeAsync(
            Hooks.Messages(Hooks.System("wamid.moved", "user_changed_number", "491779999999")),
            Hooks.Messages(Hooks.Text("wamid.again", "Me again", Now(bench), from: "491779999999", userId: "DE.777")));

        var standing = (await bench.ViewAsync()).Standing;
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedIn, standing.Of(purpose).What));
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.Kind == MessageKind.Activity, Token)));
        Assert.IsType<SendReplyOutcome.Queued>(await OfferAsync(bench, "1"));

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.other", "Who is this?", Now(bench), userId: "DE.888")));
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync(c => c.MergedIntoId == null, Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_status_that_shows_another_user_id_behind_the_number_ends_it_too_and_a_late_one_of_the_person_before_changes_nothing(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Intake.OutgoingAsync(DeliveryStatus.Sent, "wamid.out");

        await bench.Intake.TakeAsync(Hooks.Statuses(Status(bench, "sent", Hooks.AminaId), Status(bench, "sent", null, "wamid.none")));
        await bench.Intake.TakeAsync(Hooks.Statuses(Status(bench, "played", "DE.2", phone: null)));
        Assert.Equal(Standing.OptedIn, (await bench.MarketingAsync()).What);

        await bench.Intake.TakeAsync(Hooks.Statuses(Status(bench, "delivered", "DE.2"), Status(bench, "read", Hooks.AminaId)));

        var view = await bench.ViewAsync();
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal((Standing.Expired, ConsentSource.NumberPassed), (view.Standing.Of(purpose).What, view.Standing.Of(purpose).Source)));
        Assert.Equal($"{Hooks.AminaId} > DE.2", view.Lines[0].Evidence!.Note);
        Assert.Equal("DE.2", (await bench.Intake.ConversationAsync()).Contact.UserId);
        Assert.Equal([NumberPassed.Kind], await SaidAsync(bench, await bench.ContactAsync()));
    }

    [Theory, EveryDatabase]
    public async Task When_WhatsApp_says_late_that_both_ids_are_of_one_person_it_stands_again_and_names_what_had_ended_it(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var words = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, new ReplyContent.Text("Your parcel is here")));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await PassAsync(bench);
        var ended = (await bench.ViewAsync()).Lines[0].EntryId;
        await SeedOptIn.StopAsync(bench.Core, await bench.ContactAsync(), Now(bench), ConsentPurpose.Calls);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        await bench.Intake.TakeAsync(Update(bench, "DE.7", "DE.2"));
        Assert.Equal(Standing.Expired, (await bench.MarketingAsync()).What);
        await bench.Intake.TakeAsync(Update(bench, Hooks.AminaId, "DE.2"));
        await bench.Intake.TakeAsync(Update(bench, Hooks.AminaId, "DE.2"));

        var view = await bench.ViewAsync();
        Assert.Equal(
            (Standing.OptedIn, ConsentSource.WhatsAppMessage, Standing.OptedIn, Standing.OptedOut),
            (view.Standing.Marketing.What, view.Standing.Marketing.Source, view.Standing.Utility.What, view.Standing.Calls.What));
        var restored = Assert.Single(view.Lines, line => line.Action == ConsentAction.Restored);
        Assert.Equal((ConsentSource.NumberKept, (long?)ended), (restored.Source, restored.AnswersEntryId));
        Assert.Equal([NumberPassed.Kind, NumberPassed.KindKept], await SaidAsync(bench, view.ContactId));
        Assert.IsType<SendReplyOutcome.Queued>(await OfferAsync(bench, "1"));
        Assert.IsType<GateAnswer.Granted>(await AtSendingAsync(bench, words.MessageId));
        await bench.Core.Get<LinkEntries>().RunAsync(Token);
        Assert.True((await bench.Core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);

        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.8", "New here", Now(bench), userId: "DE.8")));
        Assert.Equal(Standing.Expired, (await bench.MarketingAsync()).What);
    }

    [Theory, EveryDatabase]
    public async Task A_number_that_goes_to_somebody_known_ends_what_was_agreed_under_it_until_WhatsApp_says_where_the_person_went(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var amina = await bench.ContactAsync();
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.bo", "Bo", Now(bench), from: "491779999999", userId: "DE.2")));
        var bo = await bench.Core.WithDbAsync(db => db.Contacts.Where(c => c.UserId == "DE.2").Select(c => c.Id).SingleAsync(Token));
        await SeedOptIn.WriteAsync(bench.Core, bo, Now(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "Bo by this number", Now(bench), userId: "DE.2")));

        Assert.Equal((Standing.Expired, ConsentSource.NumberPassed), await MarketingAsync(bench, amina));
        Assert.Equal((Standing.OptedIn, ConsentSource.Website), await MarketingAsync(bench, bo));
        Assert.Equal([NumberPassed.Kind], await SaidAsync(bench, amina));
        Assert.Empty(await SaidAsync(bench, bo));

        await bench.Intake.TakeAsync(Update(bench, Hooks.AminaId, "DE.3", "491770000003"));
        Assert.Equal((Standing.OptedIn, ConsentSource.WhatsAppMessage), await MarketingAsync(bench, amina));
        Assert.Equal("491770000003", await bench.Core.WithDbAsync(db => db.Contacts.Where(c => c.Id == amina).Select(c => c.Phone).SingleAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Who_moves_to_a_number_that_was_somebody_elses_ends_what_was_agreed_under_it_and_keeps_their_own(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var amina = await bench.ContactAsync();
        var before = await bench.Core.WithDbAsync(async db =>
        {
            var contact = await ResolveContact.ApplyAsync(db, new PersonIdentity("", Phone: "491779999999"), Now(bench), Token);
            await db.SaveChangesAsync(Token);
            return contact.Id;
        });
        await SeedOptIn.WriteAsync(bench.Core, before, Now(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        var notice = Hooks.System("wamid.moved", "user_changed_number", "491779999999");
        notice["timestamp"] = Hooks.Unix(Now(bench));
        await bench.Intake.TakeAsync(Hooks.Messages(notice));

        Assert.Equal((Standing.OptedIn, ConsentSource.WhatsAppMessage), await MarketingAsync(bench, amina));
        Assert.Equal((Standing.Expired, ConsentSource.NumberPassed), await MarketingAsync(bench, before));
    }

    [Theory, EveryDatabase]
    public async Task A_stop_said_from_the_new_number_before_WhatsApp_tells_of_the_move_holds_for_the_person(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var amina = await bench.ContactAsync();
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.stop", "STOP", Now(bench), from: "491779999999", userId: "DE.777")));
        Assert.Equal(Standing.OptedIn, (await MarketingAsync(bench, amina)).Item1);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        var notice = Hooks.System("wamid.moved", "user_changed_number", "491779999999");
        notice["system"]!["user_id"] = "DE.777";
        notice["timestamp"] = Hooks.Unix(Now(bench));
        await bench.Intake.TakeAsync(Hooks.Messages(notice));

        Assert.Equal((Standing.OptedOut, ConsentSource.Merge), await MarketingAsync(bench, amina));
        Assert.Equal("491779999999", await bench.Core.WithDbAsync(db => db.Contacts.Where(c => c.Id == amina).Select(c => c.Phone).SingleAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task So_does_one_when_WhatsApp_tells_of_the_move_without_an_id(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var amina = await bench.ContactAsync();
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.stop", "STOP", Now(bench), from: NewPhone, userId: "DE.777")));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        await bench.Intake.TakeAsync(Moved(bench));

        Assert.Equal((Standing.OptedOut, ConsentSource.Merge), await MarketingAsync(bench, amina));
    }

    [Theory, EveryDatabase]
    public async Task Who_wrote_from_the_new_number_before_WhatsApp_told_of_the_move_keeps_what_they_agreed_to(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.early", "My new number", Now(bench), from: NewPhone, userId: "DE.777")));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Intake.TakeAsync(Moved(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.later", "It is me", Now(bench), from: NewPhone, userId: "DE.777")));

        var person = await bench.Core.WithDbAsync(db => db.Contacts.Where(c => c.MergedIntoId == null && c.Phone == NewPhone).Select(c => c.Id).SingleAsync(Token));
        Assert.Equal((Standing.OptedIn, ConsentSource.WhatsAppMessage), await MarketingAsync(bench, person));
    }

    [Theory, EveryDatabase]
    public async Task A_stop_of_somebody_known_by_an_id_alone_holds_when_WhatsApp_says_whose_new_id_it_is(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var amina = await bench.ContactAsync();
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.stop", "STOP", Now(bench), from: null, userId: "DE.2")));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        await bench.Intake.TakeAsync(Update(bench, Hooks.AminaId, "DE.2"));

        Assert.Equal((Standing.OptedOut, ConsentSource.Merge), await MarketingAsync(bench, amina));
    }

    [Theory, EveryDatabase]
    public async Task A_message_from_before_the_id_was_replaced_comes_late_and_changes_nothing(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var amina = await bench.ContactAsync();
        var sent = Now(bench);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Intake.TakeAsync(Update(bench, Hooks.AminaId, "DE.2"));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.late", "Are you there?", sent, userId: Hooks.AminaId)));

        Assert.Equal((Standing.OptedIn, ConsentSource.WhatsAppMessage), await MarketingAsync(bench, amina));
        Assert.Equal("DE.2", await bench.Core.WithDbAsync(db => db.Contacts.Where(c => c.Id == amina).Select(c => c.UserId).SingleAsync(Token)));
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(m => m.Conversation.ContactId == amina && m.Kind == MessageKind.Text, Token)));
    }

    [Theory, EveryDatabase]
    public async Task Both_ids_of_one_person_restore_what_ended_also_when_the_new_one_was_known_before(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var amina = await bench.ContactAsync();
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.hidden", "Hello", Now(bench), from: null, userId: "DE.2")));
        await PassAsync(bench);
        Assert.Equal((Standing.Expired, ConsentSource.NumberPassed), await MarketingAsync(bench, amina));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        await bench.Intake.TakeAsync(Update(bench, Hooks.AminaId, "DE.2"));

        Assert.Equal((Standing.OptedIn, ConsentSource.WhatsAppMessage), await MarketingAsync(bench, amina));
    }

    /// <summary>Also after what no verb writes, as it may stand in a ledger that somebody restored by hand or that came from elsewhere.</summary>
    [Theory, EveryDatabase]
    public async Task Where_they_stand_what_can_be_restored_and_what_is_held_back_say_the_same_whatever_passed_and_was_restored(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var words = Assert.IsType<SendReplyOutcome.Queued>(await SendAsync(bench, new ReplyContent.Text("Your parcel is here")));
        var (person, random) = (await bench.ContactAsync(), new Random(7));
        await bench.Core.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.IdentityChangedAtUtc, Now(bench)), Token));
        List<long> ends = [];
        HashSet<long> restored = [];
        for (var step = 0; step < 40; step++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(20));
            var end = ends.Count == 0 ? 0 : ends[random.Next(ends.Count)];
            var wanted = random.Next(ends.Count == 0 ? 1 : 9) switch
            {
                0 => new NewConsent(ConsentPurpose.All, ConsentAction.Expired, ConsentSource.NumberPassed, Now(bench)) { Evidence = new ConsentEvidence { Note = "DE.1 > DE.2" } },
                < 5 => new NewConsent(ConsentPurpose.All, ConsentAction.Restored, ConsentSource.NumberKept, Now(bench)) { AnswersEntryId = end },
                5 => new NewConsent(ConsentPurpose.All, ConsentAction.Restored, ConsentSource.Agent, Now(bench)) { AnswersEntryId = end },
                6 => new NewConsent(ConsentPurpose.Calls, ConsentAction.Requested, ConsentSource.NumberKept, Now(bench)) { AnswersEntryId = end },
                7 => new NewConsent(ConsentPurpose.Calls, ConsentAction.Withdrawn, ConsentSource.NumberPassed, Now(bench)),
                _ => new NewConsent(ConsentPurpose.All, ConsentAction.Restored, ConsentSource.NumberKept, Now(bench)) { AnswersEntryId = end + 1000 },
            };
            await SeedOptIn.KeepAsync(bench.Core, person, wanted);
            if (wanted.Action == ConsentAction.Expired)
            {
                ends.Add(await bench.Core.WithDbAsync(db => db.ConsentEntries.MaxAsync(e => e.Id, Token)));
            }
            else if (wanted is { Action: ConsentAction.Restored, AnswersEntryId: { } which })
            {
                restored.Add(which);
            }

            var holds = ends.Exists(one => !restored.Contains(one));
            Assert.Equal((step, holds, holds, holds), (step, await IsEndedAsync(), await CanBeRestoredAsync(), await IsHeldBackAsync()));
        }

        async Task<bool> IsEndedAsync() => (await MarketingAsync(bench, person)).Item1 == Standing.Expired;

        async Task<bool> IsHeldBackAsync() => await AtSendingAsync(bench, words.MessageId) is GateAnswer.Refused { Why.Code: "number_passed" };

        Task<bool> CanBeRestoredAsync() => bench.Core.WithDbAsync(async db =>
        {
            await using var undone = await db.Database.BeginTransactionAsync(Token);
            var contact = await db.Contacts.SingleAsync(c => c.Id == person, Token);
            return await NumberPassed.RestoreAsync(db, contact, _ => true, Now(bench), Now(bench), Token);
        });
    }

    /// <summary>Somebody wrote, and agreed to everything.</summary>
    private static async Task<CaptureBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "Hello", userId: Hooks.AminaId)));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await AgreeAsync(bench, ConsentPurpose.All, Now(bench));
        await bench.Core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = bench.Core.AccountId,
                Name = "offer",
                Language = "en",
                WhatsAppId = "offer",
                Status = "APPROVED",
                Category = "MARKETING",
                ComponentsJson = """[{"type":"BODY","text":"Hello {{1}}"}]""",
                SyncedAtUtc = Hooks.Noon,
            });
            await db.SaveChangesAsync(Token);
        });
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        return bench;
    }

    /// <summary>As WhatsApp documents it: with the number alone.</summary>
    private static byte[] Moved(CaptureBench bench)
    {
        var notice = Hooks.System("wamid.moved", "user_changed_number", NewPhone);
        notice["timestamp"] = Hooks.Unix(Now(bench));
        return Hooks.Messages(notice);
    }

    private static DateTime Now(CaptureBench bench) => bench.Clock.GetUtcNow().UtcDateTime;

    private static async Task<DateTime> PassAsync(CaptureBench bench)
    {
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Intake.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.2", "New here", Now(bench), userId: "DE.2"), Hooks.Text("wamid.3", "Hello?", Now(bench), userId: "DE.2")));
        return Now(bench);
    }

    private static JsonObject Status(CaptureBench bench, string status, string? userId, string wamid = "wamid.out", string? phone = Hooks.Amina)
    {
        var item = Hooks.Status(wamid, status, Now(bench));
        item["recipient_id"] = phone;
        item["recipient_user_id"] = userId;
        return item;
    }

    private static byte[] Update(CaptureBench bench, string before, string after, string phone = Hooks.Amina) => Hooks.Body(Hooks.Change("user_id_update", "user_id_update", new JsonObject
    {
        ["wa_id"] = phone,
        ["user_id"] = new JsonObject { ["previous"] = before, ["current"] = after },
        ["timestamp"] = Hooks.Unix(Now(bench)),
    }));

    private static async Task<(Standing, ConsentSource?)> MarketingAsync(CaptureBench bench, long contact)
    {
        var marketing = (await bench.Core.Get<ReadConsent>().RunAsync(Caller.System, contact, Token))!.Standing.Marketing;
        return (marketing.What, marketing.Source);
    }

    private static async Task<IReadOnlyList<string>> SaidAsync(CaptureBench bench, long contact)
    {
        var lines = await bench.Core.WithDbAsync(db => db.Messages.AsNoTracking()
            .Where(m => m.Conversation.ContactId == contact && m.Kind == MessageKind.Activity).OrderBy(m => m.Id).Select(m => m.ContentJson).ToListAsync(Token));
        return lines.ConvertAll(line => Assert.IsType<MessageContent.Activity>(ContentJson.Read(line)).Type);
    }

    private static async Task AgreeAsync(CaptureBench bench, ConsentPurpose purpose, DateTime at) => await SeedOptIn.KeepAsync(
        bench.Core,
        await bench.ContactAsync(),
        new NewConsent(purpose, ConsentAction.Granted, ConsentSource.WhatsAppMessage, at)
        {
            BusinessName = CaptureBench.Business,
            Wording = new ShownWording(null, null, "en", "0", HasAllParts: true),
            Basis = LawfulBasis.Consent,
            Jurisdiction = "DE",
            Evidence = new ConsentEvidence { Note = "By code" },
        });

    private static Task<SendReplyOutcome> OfferAsync(CaptureBench bench, string value) => SendAsync(
        bench, new ReplyContent.Template("offer", "en", TemplateValues.None with { Texts = new Dictionary<string, string> { ["body.1"] = value } }));

    private static async Task<SendReplyOutcome> SendAsync(CaptureBench bench, ReplyContent content) => await bench.Core.Get<SendReply>().RunAsync(
        Caller.System, new Reply((await bench.Intake.ConversationAsync()).Id, Guid.CreateVersion7(), content), Token);

    private static Task<GateAnswer> AtSendingAsync(CaptureBench bench, long messageId) => bench.Core.WithDbAsync(async db =>
    {
        var message = await db.Messages.AsNoTracking().Include(m => m.Conversation).SingleAsync(m => m.Id == messageId, Token);
        var question = new GateQuestion(message.Conversation, message.ClientKey!.Value, ReplyJson.Read(message.ReplyJson)!) { MessageId = messageId };
        return (await bench.Core.Get<SendGate>().AskToSendAsync(db, [question], Token))[0];
    });
}
