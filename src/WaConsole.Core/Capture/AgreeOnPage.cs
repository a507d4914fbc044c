using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.OptIns;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Capture;

/// <summary>What a visitor sent. <see cref="VersionId"/>: the words they saw, which may have got a newer version meanwhile.</summary>
public sealed record Agreement(string Slug, long VersionId, string? Phone, string? Country)
{
    /// <summary>It counts once; null where nobody handed one out.</summary>
    public HandedOutForm? Form { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The form as it was filled in.</summary>
    public string? FormJson { get; init; }
}

public enum AgreeOutcome
{
    /// <summary>The same whoever it is, and whatever was known of them.</summary>
    Taken = 1,
    InvalidPhone = 2,

    /// <summary>There is no such page, it is closed, or these were never its words.</summary>
    NoSuchPage = 3,

    /// <summary>The form was sent before with another number: a new one is needed.</summary>
    FormSpent = 4,
}

/// <summary>
/// Somebody agreed on a public page. Anybody can type anybody's number there, so a page never ends a stop by itself; that takes the person's
/// own phone. A page that confirms writes down a question, for everything its words ask for and the business they name, and sends it in
/// the same transaction: one message that reaches them, and no other with these words until it is answered or over. What was refused or
/// failed reached nobody, and is asked anew when the form comes again.
/// </summary>
public sealed class AgreeOnPage
{
    /// <summary>The same form sent twice is one agreement.</summary>
    private static readonly TimeSpan OneAgreement = TimeSpan.FromDays(1);

    private const int Tries = 3;

    private readonly Store _store;
    private readonly QueueReply _queue;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal AgreeOnPage(Store store, QueueReply queue, LiveUpdates live, TimeProvider clock)
    {
        (_store, _queue, _live, _clock) = (store, queue, live, clock);
    }

    public async Task<AgreeOutcome> RunAsync(Agreement agreement, CancellationToken cancellationToken)
    {
        if (ReadPhone.Run(agreement.Phone, agreement.Country) is not { } phone)
        {
            return AgreeOutcome.InvalidPhone;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TakeAsync(agreement, phone, cancellationToken);
            }
            catch (Exception fault) when (fault.IsConflict && attempt < Tries)
            {
                // The same person wrote, or was added, at this very moment: the next look finds them.
            }
        }
    }

    private async Task<AgreeOutcome> TakeAsync(Agreement agreement, string phone, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _queue.EnterForManyAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var page = await db.OptInPages.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == agreement.Slug && p.State == OptInPageState.Published, cancellationToken);
        var shown = await db.WordingVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == agreement.VersionId && v.PublishedAtUtc != null, cancellationToken);
        if (page is null || shown is null || shown.WordingId != page.WordingId)
        {
            return AgreeOutcome.NoSuchPage;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        switch (await SpendForm.ApplyAsync(db, agreement.Form, $"{page.Slug}|{shown.Id}|{phone}", now, cancellationToken))
        {
            case FormUse.Repeated:
                return AgreeOutcome.Taken;
            case FormUse.Spent:
                return AgreeOutcome.FormSpent;
        }

        var purpose = await db.Wordings.Where(w => w.Id == page.WordingId).Select(w => w.Purpose).SingleAsync(cancellationToken);
        var contact = await ResolveContact.ApplyAsync(db, new PersonIdentity("", Phone: phone), now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        contact = await KeepConsent.LockAsync(db, contact.Id, cancellationToken);
        var evidence = new ConsentEvidence
        {
            IpAddress = agreement.IpAddress,
            UserAgent = agreement.UserAgent,
            FormJson = agreement.FormJson,
            Shown = shown.Text,
        };
        var granted = PageConsent.Of(page, shown, purpose, ConsentSource.Website, now, contact.Country, evidence);
        var changes = new ChangeSet();
        SendReplyOutcome? asked = null;
        var next = await NextAsync(db, contact, purpose, page, shown, now, cancellationToken);
        switch (next.Step)
        {
            case Step.Grant:
                await KeepConsent.ApplyAsync(db, contact, granted, cancellationToken);
                break;
            case Step.Ask when await AskCeiling.IsReachedAsync(db, page, now, cancellationToken):
                await AskCeiling.TellAsync(db, page, changes, now, cancellationToken);
                if (!next.Repeated)
                {
                    await NoteAsync();
                }

                break;
            case Step.Ask:
                asked = await AskAsync(db, contact, page, shown, granted, next.Refused, now, cancellationToken);
                break;
            case Step.Note:
                await NoteAsync();
                break;
        }

        await TellConsent.ApplyAsync(db, contact.Id, changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.PublishTo(_live);
        if (asked is not null)
        {
            _queue.Announce(asked, page.NumberId, OutboxLane.Automation);
        }

        return AgreeOutcome.Taken;

        Task<ConsentEntry> NoteAsync() =>
            KeepConsent.ApplyAsync(db, contact, granted with { Action = ConsentAction.Requested, ExpiresAtUtc = now + AskButton.Waits }, cancellationToken);
    }

    private enum Step
    {
        Nothing,
        Grant,
        Ask,

        /// <summary>Kept as evidence; the stop or the erasure stands.</summary>
        Note,
    }

    /// <param name="Refused">A question that was written down before and had no message.</param>
    private sealed record Next(Step Step, LedgerLine? Refused = null, bool Repeated = false);

    private static async Task<Next> NextAsync(
        WaConsoleDb db, Contact contact, ConsentPurpose purpose, OptInPage page, WordingVersion shown, DateTime now, CancellationToken cancellationToken)
    {
        var lines = (await ReadStandings.LinesAsync(db, [contact.Id], cancellationToken))[contact.Id].ToList();
        var purposes = purpose == ConsentPurpose.All ? ConsentLedger.Purposes : [purpose];
        var standing = purposes.Select(one => ConsentLedger.Stand(lines, one).At(now).What).ToList();

        // Who was erased comes back by their own phone or a colleague, not by what anybody can type.
        var isErased = !standing.Contains(Standing.OptedIn) && await Suppressions.HoldsAsync(db, contact, cancellationToken);
        var since = now - OneAgreement;
        var repeated = await db.ConsentEntries.AnyAsync(
            e => e.Source == ConsentSource.Website && e.Purpose == purpose && e.WordingId == page.WordingId && e.RecordedAtUtc > since
                && db.ConsentSubjects.Any(s => s.Id == e.SubjectId && s.ContactId == contact.Id),
            cancellationToken);
        if (isErased || standing.Contains(Standing.OptedOut))
        {
            return new Next(repeated ? Step.Nothing : Step.Note);
        }

        var stands = purposes.All(one => Lasts(ConsentLedger.StandFor(lines, one, [shown.BusinessName]), now));
        if (page.TemplateName is null)
        {
            return new Next(stands && repeated ? Step.Nothing : Step.Grant);
        }

        var open = await OpenQuestions.OfAsync(
            db,
            ConsentLedger.Waiting(lines, now).Where(
                asked => asked.Purpose == purpose && asked.WordingId == page.WordingId && asked.BusinessName == shown.BusinessName.Trim()),
            cancellationToken);
        return stands || open.Any(question => question.Trip == QuestionTrip.Asked)
            ? new Next(Step.Nothing)
            : new Next(Step.Ask, open.LastOrDefault(question => question.Trip == QuestionTrip.Refused)?.Line, repeated);
    }

    /// <summary>
    /// Agreed to, and not due to be renewed. What was agreed to for a short while is due in the second half of it, so that the answer to one
    /// question is not a reason for the next.
    /// </summary>
    private static bool Lasts(PurposeStanding standing, DateTime now) =>
        standing.What == Standing.OptedIn
        && (standing.ExpiresAtUtc is not { } ends
            || ends - now > ReadRegistryHealth.DueWithin
            || (ends > now && ends - now > now - standing.SinceUtc));

    /// <summary>The question, and the one message that asks it. When the gate refuses the message, the page's own link is left to answer by.</summary>
    private async Task<SendReplyOutcome?> AskAsync(
        WaConsoleDb db, Contact contact, OptInPage page, WordingVersion shown, NewConsent granted, LedgerLine? refused, DateTime now, CancellationToken cancellationToken)
    {
        var key = refused?.AskKey ?? Guid.CreateVersion7();
        var entry = refused?.EntryId;
        if (entry is null)
        {
            var written = await KeepConsent.ApplyAsync(
                db, contact, granted with { Action = ConsentAction.Requested, ExpiresAtUtc = now + AskButton.Waits, AskKey = key }, cancellationToken);
            entry = written.Id;
        }

        var templates = (await ListOptInPages.TemplatesAsync(db, page, cancellationToken)).Where(PageRules.Asks).ToList();
        var template = templates.FirstOrDefault(one => one.Language == shown.Language)
            ?? templates.FirstOrDefault(one => one.Language.Split('_')[0] == shown.Language.Split('_')[0])
            ?? templates.FirstOrDefault();
        if (template is null)
        {
            return null;
        }

        var conversation = await OpenConversation.ApplyAsync(db, contact.Id, page.NumberId, now, cancellationToken);
        var values = TemplateValues.None with
        {
            Texts = new Dictionary<string, string> { [$"button.{PageRules.AnswerButton(template)}"] = AskButton.Payload(key) },
        };
        var outcome = await _queue.ApplyAsync(
            db,
            Caller.System,
            conversation.Id,
            new Reply(conversation.Id, key, new ReplyContent.Template(template.Name, template.Language, values), Lane: OutboxLane.Automation),
            cancellationToken);
        if (outcome is SendReplyOutcome.Queued)
        {
            await AskCeiling.NoteAsync(db, page, entry.Value, now, cancellationToken);
        }

        return outcome;
    }
}
