using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WaConsole.CloudApi;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Policy;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// A customer's message that agrees: the text that stood ready behind a QR code or link of ours, or the button of the message that asked
/// them to confirm. Either comes from the phone of whoever agrees, so that it also ends a stop. Written in the transaction that stores it.
/// </summary>
internal static class HearAgreement
{
    /// <summary>Such a message is handled by itself.</summary>
    public static bool IsIn(InboundMessageItem item) => Code(item) is not null || Asked(item) is not null;

    /// <summary>The message has its id.</summary>
    public static async Task ApplyAsync(
        WaConsoleDb db, InboundMessageItem item, Message message, Conversation conversation, Reception at, CancellationToken cancellationToken)
    {
        var agreed = Code(item) is { } code
            ? await ByCodeAsync(db, code, item, message, cancellationToken)
            : Asked(item) is { } asked ? await ByButtonAsync(db, asked, item, message, conversation, cancellationToken) : null;
        if (agreed is null)
        {
            return;
        }

        var entry = await KeepConsent.ApplyAsync(db, conversation.ContactId, agreed with { ByThemselves = true }, cancellationToken);
        await TellConsent.ApplyAsync(db, conversation.ContactId, at.Changes, cancellationToken);
        if (!entry.Complete)
        {
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        ActivityLine.Add(db, conversation, Caller.System, new MessageContent.Activity("optedin", Caller.System.Name, null), message.SentAtUtc, at.NowUtc);
        await db.SaveChangesAsync(cancellationToken);
        at.Changes.Header(conversation.NumberId, conversation.Id);
    }

    private static string? Code(InboundMessageItem item) => item.Kind == CloudApi.MessageKind.Text ? OptInCode.Find(item.Text) : null;

    private static Guid? Asked(InboundMessageItem item) => item.Kind == CloudApi.MessageKind.Button ? AskButton.Read(item.Button?.Payload) : null;

    /// <summary>The whole text, to the number it stood ready for, while the page is open.</summary>
    private static async Task<NewConsent?> ByCodeAsync(
        WaConsoleDb db, string code, InboundMessageItem item, Message message, CancellationToken cancellationToken)
    {
        var found = await (from invite in db.OptInInvites
                           where invite.Code == code
                           join page in db.OptInPages on invite.PageId equals page.Id
                           where page.State == OptInPageState.Published && page.NumberId == message.NumberId
                           join version in db.WordingVersions on invite.VersionId equals version.Id
                           join wording in db.Wordings on version.WordingId equals wording.Id
                           select new { Invite = invite, Page = page, Version = version, wording.Purpose })
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || !OptInCode.IsWhole(item.Text!, found.Invite.Text, code))
        {
            return null;
        }

        var country = await db.Contacts.Where(c => db.Conversations.Any(v => v.Id == message.ConversationId && v.ContactId == c.Id))
            .Select(c => c.Country).SingleAsync(cancellationToken);
        return PageConsent.Of(
            found.Page, found.Version, found.Purpose, ConsentSource.WhatsAppMessage, item.TimestampUtc, country,
            new ConsentEvidence { Wamid = message.Wamid, Text = item.Text, Note = $"{found.Page.Name} ({code})", Shown = found.Version.Text });
    }

    /// <summary>The yes to a question that still waits for it. After a stop, too late, or by a button that says no, it is a message like any other.</summary>
    private static async Task<NewConsent?> ByButtonAsync(
        WaConsoleDb db, Guid asked, InboundMessageItem item, Message message, Conversation conversation, CancellationToken cancellationToken)
    {
        if (AnswerWords.Refuses(item.Button?.Text ?? ""))
        {
            return null;
        }

        var lines = (await ReadStandings.LinesAsync(db, [conversation.ContactId], cancellationToken))[conversation.ContactId].ToList();
        if (ConsentLedger.Waiting(lines, item.TimestampUtc).FirstOrDefault(line => line.AskKey == asked) is not { } waiting)
        {
            return null;
        }

        var question = await db.ConsentEntries.AsNoTracking().SingleAsync(e => e.Id == waiting.EntryId, cancellationToken);
        var shown = await db.WordingVersions.AsNoTracking().SingleOrDefaultAsync(
            v => v.WordingId == question.WordingId && v.Version == question.WordingVersion && v.Language == question.WordingLanguage, cancellationToken);
        // A page whose questions are answered may ask on.
        await db.OptInAsks.Where(a => a.EntryId == question.Id).ExecuteDeleteAsync(cancellationToken);
        return shown is null
            ? null
            : new NewConsent(question.Purpose, ConsentAction.Granted, ConsentSource.QuickReply, item.TimestampUtc)
            {
                BusinessName = question.BusinessName,
                NumberId = message.NumberId,
                Wording = new ShownWording(question.WordingId, question.WordingVersion, shown.Language, shown.Hash, HasAllParts: true),
                PrivacyVersion = question.PrivacyVersion ?? shown.PrivacyVersion,
                Basis = question.Basis,
                Jurisdiction = question.Jurisdiction,
                ExpiresAtUtc = await RenewalAsync(db, question, item.TimestampUtc, cancellationToken),
                AnswersEntryId = question.Id,
                Evidence = new ConsentEvidence { Wamid = message.Wamid, Text = item.Button?.Text, Shown = shown.Text, Question = await QuestionAsync(db, asked, cancellationToken) },
            };
    }

    /// <summary>What the message said that asked; null when it is kept no more.</summary>
    private static async Task<string?> QuestionAsync(WaConsoleDb db, Guid asked, CancellationToken cancellationToken)
    {
        var json = await db.Messages.Where(m => m.ClientKey == asked).Select(m => m.ContentJson).SingleOrDefaultAsync(cancellationToken);
        return ContentJson.Read(json) is MessageContent.SentTemplate said
            ? string.Join('\n', ((string?[])[said.HeaderText, said.Body, said.Footer, .. said.Buttons.Select(button => $"[{button.Text}]")]).Where(part => part is { Length: > 0 }))
            : null;
    }

    /// <summary>By the page that asked, as it is set now; the entry that asked ends with the question. Entries of before pages were noted go by wording and number.</summary>
    private static async Task<DateTime?> RenewalAsync(WaConsoleDb db, ConsentEntry question, DateTime atUtc, CancellationToken cancellationToken)
    {
        var key = await db.ConsentSubjects.Where(s => s.Id == question.SubjectId).Select(s => s.KeyProtected).SingleAsync(cancellationToken);
        var page = db.GetService<ConsentSecrets>().Open(key, question.SubjectId, question.Sealed)?.Evidence.PageId;
        var months = await db.OptInPages
            .Where(p => page != null ? p.Id == page : p.WordingId == question.WordingId && p.NumberId == question.NumberId && p.TemplateName != null)
            .OrderByDescending(p => p.PublishedAtUtc).Select(p => p.RenewMonths).FirstOrDefaultAsync(cancellationToken);
        return months is { } after ? atUtc.AddMonths(after) : null;
    }
}
