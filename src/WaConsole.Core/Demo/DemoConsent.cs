using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Demo;

/// <summary>What the demo's people agreed to: most to offers, in different ways, one as was usual before anybody asked for proof, and some stopped.</summary>
internal static class DemoConsent
{
    private static readonly (ConsentSource Source, string Note)[] Ways =
    [
        (ConsentSource.Website, "Form at the foot of the shop's page, box not ticked beforehand."),
        (ConsentSource.InStore, "Asked at the till, signed on the tablet."),
        (ConsentSource.Transaction, "Ticked while ordering."),
        (ConsentSource.WhatsAppMessage, "Wrote the words from the poster's QR code."),
        (ConsentSource.SignUpForm, "Card filled in at the market stall."),
    ];

    public static async Task ApplyAsync(
        WaConsoleDb db, string business, DemoConversation told, Conversation conversation, int index, Func<DemoStep, DateTime> at,
        CancellationToken cancellationToken)
    {
        var (source, note) = Ways[index % Ways.Length];
        var text = $"Yes, {business} may send me news and offers by WhatsApp. I can stop at any time by answering STOP. Privacy: https://example.com/privacy";
        var isOld = index % 9 == 8;
        var grant = new NewConsent(ConsentPurpose.Marketing, ConsentAction.Granted, isOld ? ConsentSource.Import : source, at(told.Steps[0]).AddDays(-20 - index))
        {
            BusinessName = business,
            NumberId = conversation.NumberId,
            Wording = isOld ? null : WordingRules.Shown(text, "en", business),
            Basis = LawfulBasis.Consent,
            Jurisdiction = conversation.Contact.Country ?? "DE",
            ActorName = "WaConsole",
            Evidence = new ConsentEvidence { Note = isOld ? "Address list of last year." : note, Shown = isOld ? null : text },
        };
        await KeepConsent.ApplyAsync(db, conversation.ContactId, grant, cancellationToken);
        if (told.OptedOut is { } way)
        {
            var stop = NewConsent.Stop(ConsentPurpose.Marketing, StopReason.SourceOf(way) ?? ConsentSource.QuickReply, at(told.Steps[^1]));
            await KeepConsent.ApplyAsync(db, conversation.ContactId, stop, cancellationToken);
        }
    }
}
