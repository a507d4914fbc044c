using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Media;

namespace WaConsole.Simulator.World;

/// <summary>The files a message carries: uploaded to this number, and of a kind that fits.</summary>
public sealed partial class SimulatedWhatsApp
{
    private MessageContent WithKnownMedia(MessageContent content, string numberId, SendChecks checks, out GraphError? wrongKind)
    {
        wrongKind = null;
        content = content with
        {
            Media = Known(content.Media, content, numberId, checks, ref wrongKind),
        };
        return content.Cards.Count == 0
            ? content
            : content with { Cards = [.. WithKnownMedia(content, content.Cards, numberId, checks, ref wrongKind)] };
    }

    private List<CardPart> WithKnownMedia(
        MessageContent content, IReadOnlyList<CardPart> cards, string numberId, SendChecks checks, ref GraphError? wrongKind)
    {
        List<CardPart> known = [];
        foreach (var card in cards)
        {
            known.Add(card with { Header = Known(card.Header, content, numberId, checks, ref wrongKind) });
        }

        return known;
    }

    private MediaPart? Known(MediaPart? part, MessageContent content, string numberId, SendChecks checks, ref GraphError? wrongKind)
    {
        if (part is null)
        {
            return part;
        }

        var kind = part.Kind is "gif" ? "video" : part.Kind ?? content.Kind;
        if (part.Id is null)
        {
            wrongKind ??= MediaLinks.Refusal(kind, part.Link!) is { } why ? GraphError.Of(131053, why) : null;
            return part;
        }

        if (Media.Find(part.Id) is not { FromCustomer: false } file || file.NumberId != numberId)
        {
            checks.Refuse(100, $"Param {content.Kind}['id'] is not a valid whatsapp business account media attachment ID.");
            return part;
        }

        if (!MediaRules.Fits(kind, file.MimeType))
        {
            wrongKind ??= GraphError.Of(131053, $"A file of type {file.MimeType} cannot be sent as {kind}.");
        }
        else if (part.Voice && file.MimeType != "audio/ogg")
        {
            wrongKind ??= GraphError.Of(131053, "A voice note must be an OGG file with OPUS audio.");
        }

        return part with { MimeType = file.MimeType, FileName = part.FileName ?? file.FileName };
    }
}
