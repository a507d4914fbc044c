using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Interactive;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;
using MessageKind = WaConsole.Core.Conversations.MessageKind;

namespace WaConsole.Core.Sending;

internal enum GateMoment
{
    Queueing,
    Sending,
}

/// <summary>Everything the gate decides by. <see cref="WhatsAppNowUtc"/> is WhatsApp's clock, which windows are measured with.</summary>
internal sealed record GateFacts(
    Number? Number, Contact Contact, Conversation Conversation, ReplyContent Content, TemplateView? Template, MediaFile? Media,
    GateMoment Moment, DateTime WhatsAppNowUtc)
{
    /// <summary>Files of a carousel's cards, by id: those this send may use.</summary>
    public IReadOnlyDictionary<long, MediaFile> CardFiles { get; init; } = new Dictionary<long, MediaFile>();

    public DateTime NowUtc { get; init; }

    /// <summary>What the person agreed to, read with templates alone.</summary>
    public ConsentStanding Consent { get; init; } = ConsentStanding.Nothing;

    /// <summary>
    /// Where the person stands with marketing of this account's business; null where the account names none, and every opt-in counts.
    /// </summary>
    public PurposeStanding? OwnMarketing { get; init; }

    public PurposeStanding Marketing => OwnMarketing ?? Consent.Marketing;

    /// <summary>All that was said of the person, read where their standing does not say enough: see GateKnowledge.</summary>
    public IReadOnlyCollection<LedgerLine> Entries { get; init; } = [];

    /// <summary>Keys of the questions this person has still to answer.</summary>
    public IReadOnlyCollection<Guid> Waiting { get; init; } = [];

    /// <summary>Something they wrote looks like a wish to stop, and nobody has decided yet whether it is one.</summary>
    public bool StopWaits { get; init; }

    public OutboxLane Lane { get; init; }

    public Guid ClientKey { get; init; }

    public GateSettings Settings { get; init; } = new();

    public IReadOnlyList<ToldFact> Told { get; init; } = [];

    /// <summary>Other accounts of the business that told the person something: for the person they are one.</summary>
    public IReadOnlyList<long> SameBusiness { get; init; } = [];

    /// <summary>How many more people the portfolio may reach; null when this person does not count, or nobody counts.</summary>
    public int? PeopleLeft { get; init; }

    /// <summary>What the person did not answer in other conversations of the console.</summary>
    public IReadOnlyList<UnansweredElsewhere> Elsewhere { get; init; } = [];

    /// <summary>Messages to this person that were granted by the same question.</summary>
    public int GrantedBefore { get; init; }

    /// <summary>A person sends it once more, knowing that the first may have arrived.</summary>
    public bool IsAgain { get; init; }

    /// <summary>It was queued for whoever had the number before somebody else got it.</summary>
    public bool IsForAnother { get; init; }

    /// <summary>Asked before anything is filled in.</summary>
    public bool WithoutValues { get; init; }
}

/// <summary>Messages in a row that a person did not answer to another number, and when they wrote to it last.</summary>
internal sealed record UnansweredElsewhere(long ConversationId, int Count, DateTime? SinceUtc, DateTime? WroteAtUtc);

/// <summary>Pure: whether a message may go, and if not, why in words.</summary>
internal static class GateRules
{
    /// <summary>Counted in UTF-16 units: never fewer than what WhatsApp counts, whichever way it counts emoji.</summary>
    public const int TextLimit = 4096;
    public const int CaptionLimit = 1024;

    private const int PlaceTextLimit = 1000;
    private const int MostCards = 20;
    private const double Megabyte = 1024 * 1024;

    public static Refusal? Refuse(GateFacts facts) =>
        NumberProblem(facts)
        ?? IdentityProblem(facts)
        ?? (facts.IsForAnother ? Refusal.Of("number_passed", "QueuedForAnother") : null)
        ?? (facts.Content is ReplyContent.Template wanted ? TemplateProblem(facts, wanted) : ServiceProblem(facts))
        ?? GateLimits.Refuse(facts);

    /// <summary>The kind of file the template's header wants; null when it wants none.</summary>
    public static MessageKind? HeaderMediaKind(TemplateView template) => template.HeaderKind switch
    {
        "IMAGE" => MessageKind.Image,
        "VIDEO" => MessageKind.Video,
        "DOCUMENT" => MessageKind.Document,
        _ => null,
    };

    private static Refusal? NumberProblem(GateFacts facts)
    {
        if (facts.Number is not { } number)
        {
            return Say("number_unknown", "NumberUnknown");
        }

        if ((number.SendingStoppedAtUtc ?? number.BusinessAccount.SendingStoppedAtUtc) is null)
        {
            return null;
        }

        var code = number.SendingStoppedCode ?? number.BusinessAccount.SendingStoppedCode;
        var why = code is { } known ? ErrorSentence.Of(known) : Texts.Sending.Of("StoppedNoReason");
        return Say("number_stopped", "NumberStopped", why);
    }

    private static Refusal? IdentityProblem(GateFacts facts) =>
        string.IsNullOrEmpty(facts.Contact.Phone) && string.IsNullOrEmpty(facts.Contact.UserId) ? Say("no_identity", "NoIdentity") : null;

    /// <summary>Templates need neither window nor ownership of the thread; marketing needs a customer who did not opt out (Meta, 131050).</summary>
    private static Refusal? TemplateProblem(GateFacts facts, ReplyContent.Template wanted)
    {
        if (facts.Template is not { } template)
        {
            return Say("template_not_found", "TemplateNotFound", wanted.Name, wanted.Language);
        }

        if (!template.Sendable)
        {
            return Kept("template_not_sendable", template.KeptReason ?? "");
        }

        if (GateLimits.IsMarketing(template) && facts.Contact.OptedOutAtUtc is not null)
        {
            return Say("opted_out", "OptedOut");
        }

        // A one-time code goes to a phone number only (Meta, Business-scoped user ids, 2026: 131062).
        if (template.Category == GateLimits.Authentication && string.IsNullOrEmpty(facts.Contact.Phone))
        {
            return Say("no_identity", "CodeNeedsPhone");
        }

        if (wanted.Values.Texts.Values.Select(AskButton.Read).FirstOrDefault(asks => asks is not null) is { } asked)
        {
            if (AskProblem(facts, template, asked) is { } unasked)
            {
                return unasked;
            }
        }
        else if (ConsentProblem(facts, template) is { } missing)
        {
            return missing;
        }

        if (facts.WithoutValues)
        {
            return null;
        }

        if (TemplateValueRules.Problem(template, wanted.Values, facts.WhatsAppNowUtc) is { } problem)
        {
            return new Refusal("template_values", problem);
        }

        return HeaderMediaKind(template) is { } kind && FileProblem(facts.Media, kind, header: true) is { } wrong
            ? wrong
            : CardProblem(facts, template, wanted.Values);
    }

    private static Refusal? CardProblem(GateFacts facts, TemplateView template, TemplateValues values) => template.FieldsFor(values.Cards)
        .Where(field => field is { Card: not null, IsFile: true })
        .Select(field => FileProblem(
            values.FileOf(field.Key) is { } id ? facts.CardFiles.GetValueOrDefault(id) : null,
            field.Kind switch
            {
                TemplateFieldKind.Image => MessageKind.Image,
                TemplateFieldKind.Video => MessageKind.Video,
                _ => MessageKind.Document,
            },
            header: true))
        .FirstOrDefault(problem => problem is not null);

    /// <summary>
    /// Marketing needs an opt-in that stands, and nothing else stands in for it: not that the customer wrote first, nor that they resumed.
    /// Who stopped more than offers gets templates only in a window they opened after they said so.
    /// </summary>
    private static Refusal? ConsentProblem(GateFacts facts, TemplateView template) => template.Category switch
    {
        GateLimits.Utility => Stopped(facts, ConsentPurpose.Utility) ?? Unasked(facts),
        GateLimits.Authentication => Stopped(facts, ConsentPurpose.Authentication),
        _ => (facts.Marketing.What, facts.Consent.Marketing.What) switch
        {
            (Standing.OptedIn, _) => facts.StopWaits ? Refusal.Of("stop_undecided", "StopWaits") : null,
            (Standing.None, Standing.OptedIn) => Refusal.Of("opt_in_other_business", "OptInOtherBusiness"),
            (Standing.None, _) => Missing(facts.Consent.Marketing),
            _ => Missing(facts.Marketing),
        },
    };

    private static Refusal Missing(PurposeStanding marketing) => marketing.What switch
    {
        Standing.Expired when marketing.Source == ConsentSource.NumberPassed => Refusal.Of("number_passed", "NumberPassed"),
        Standing.OptedOut => Say("opted_out", "OptedOut"),
        Standing.Pending => Refusal.Of("opt_in_pending", "OptInPending"),
        Standing.Incomplete => Refusal.Of("opt_in_incomplete", "OptInIncomplete"),
        Standing.Expired => Refusal.Of("opt_in_expired", "OptInExpired"),
        _ => Refusal.Of("no_opt_in", "NoOptIn"),
    };

    /// <summary>
    /// A message that a business begins needs the person's permission (WhatsApp, Messaging policy, 2024). Who wrote or called gave it for what
    /// they asked about, for as long as the number is theirs; what stands in the registry gives it too.
    /// </summary>
    private static Refusal? Unasked(GateFacts facts)
    {
        var passed = PassedNumbers.SinceUtc(facts.Entries);
        var wrote = facts.Conversation.WindowExpiresAtUtc is not null && (passed is null || facts.Conversation.WindowOpenedAtUtc > passed);
        return facts.Settings.UtilityToAnybody || wrote || facts.Consent.Utility.What == Standing.OptedIn || facts.Marketing.What == Standing.OptedIn
            ? null
            : passed is null ? Refusal.Of("no_opt_in", "NoUtilityOptIn") : Refusal.Of("number_passed", "NumberPassed");
    }

    /// <summary>
    /// The one message that asks somebody to confirm: while they are waited for, under its own key, and never as marketing. Who said stop
    /// meanwhile, or to messages of its kind, is not asked.
    /// </summary>
    private static Refusal? AskProblem(GateFacts facts, TemplateView template, Guid asked) =>
        template.Category == GateLimits.Utility
        && facts.ClientKey == asked
        && facts.Contact.OptedOutAtUtc is null
        && facts.Waiting.Contains(asked)
            ? Stopped(facts, ConsentPurpose.Utility)
            : Refusal.Of("opt_in_not_asked", "OptInNotAsked");

    private static Refusal? Stopped(GateFacts facts, ConsentPurpose purpose) =>
        facts.Consent.Of(purpose) is { What: Standing.OptedOut } stop && !(GateLimits.IsOpen(facts) && WroteSince(facts, purpose, stop))
            ? Refusal.Of("opted_out_all", "OptedOutAll")
            : null;

    /// <summary>
    /// After a stop the person began anew. The message that carries the stop opens a window too, which is no wish for more; and what an
    /// erasure left behind is ended by no message but one that says so.
    /// </summary>
    private static bool WroteSince(GateFacts facts, ConsentPurpose purpose, PurposeStanding stop) =>
        stop.Source != ConsentSource.Erasure && facts.Conversation.WindowOpenedAtUtc > ConsentLedger.LastStop(facts.Entries, purpose);

    private static Refusal? ServiceProblem(GateFacts facts) =>
        (facts.Conversation.OwnedElsewhere ? Say("owned_elsewhere", "OwnedElsewhere") : null)
        ?? WindowProblem(facts)
        ?? facts.Content switch
        {
            ReplyContent.Text text => TextProblem(text),
            ReplyContent.Media media => MediaProblem(facts.Media, media),
            ReplyContent.Interactive interactive => InteractiveProblem(facts.Media, interactive.What),
            ReplyContent.Place place => PlaceProblem(place),
            ReplyContent.Cards cards => CardsProblem(cards),
            _ => null,
        };

    private static Refusal? WindowProblem(GateFacts facts)
    {
        var end = facts.Conversation.WindowExpiresAtUtc;
        var open = facts.Moment == GateMoment.Queueing
            ? ServiceWindow.StateAt(end, facts.WhatsAppNowUtc) == WindowState.Open
            : ServiceWindow.IsOpen(end, facts.WhatsAppNowUtc);
        return (open, end, facts.Moment) switch
        {
            (true, _, _) => null,
            (_, null, GateMoment.Queueing) => Say("window_closed", "WindowNever"),
            (_, null, _) => Say("window_closed", "WindowMissedNever"),
            (_, { } at, GateMoment.Queueing) => Say("window_closed", "WindowClosed", Texts.Moment(at)),
            (_, { } at, _) => Say("window_closed", "WindowMissed", Texts.Moment(at)),
        };
    }

    private static Refusal? TextProblem(ReplyContent.Text text) => text.Body switch
    {
        var body when string.IsNullOrWhiteSpace(body) => Say("text_empty", "TextEmpty"),
        { Length: > TextLimit } body => Say("text_too_long", "TextTooLong", body.Length, TextLimit),
        _ => null,
    };

    private static Refusal? MediaProblem(MediaFile? file, ReplyContent.Media media)
    {
        if (media.Caption is { Length: > 0 } caption)
        {
            if (media.Kind is MessageKind.Audio or MessageKind.Sticker)
            {
                return Say("media_unsupported", "CaptionNotPossible");
            }

            if (caption.Length > CaptionLimit)
            {
                return Say("caption_too_long", "CaptionTooLong", caption.Length, CaptionLimit);
            }
        }

        if (media.Voice && (media.Kind != MessageKind.Audio || (file is not null && file.MimeType != "audio/ogg")))
        {
            return Say("media_unsupported", "MediaVoice");
        }

        return FileProblem(file, media.Kind, header: false);
    }

    private static Refusal? PlaceProblem(ReplyContent.Place place) =>
        Math.Abs(place.Latitude) <= 90 && Math.Abs(place.Longitude) <= 180
        && (place.Name ?? "").Length <= PlaceTextLimit && (place.Address ?? "").Length <= PlaceTextLimit
            ? null
            : Say("place_invalid", "PlaceInvalid");

    private static Refusal? CardsProblem(ReplyContent.Cards cards) =>
        cards.People is { Count: > 0 and <= MostCards }
        && cards.People.All(person => person is { Name.Length: > 0 and <= PlaceTextLimit, Phones.Count: > 0 }
            && person.Phones.All(phone => phone.Count(char.IsAsciiDigit) is >= 5 and <= 20))
            ? null
            : Say("cards_invalid", "CardsInvalid");

    private static Refusal? InteractiveProblem(MediaFile? file, InteractiveMessage reply)
    {
        if (InteractiveRules.Check(reply) is [var first, ..])
        {
            return new Refusal("interactive_invalid", first.Sentence);
        }

        if (reply.HeadFileId is null)
        {
            return null;
        }

        var kind = file is null ? null : UploadRules.KindOf(file.MimeType);
        return kind is null or MessageKind.Image or MessageKind.Video or MessageKind.Document
            ? FileProblem(file, kind ?? MessageKind.Document, header: true)
            : new Refusal("media_unsupported", Texts.Interactive.Of("HeadFileKind"));
    }

    private static Refusal? FileProblem(MediaFile? file, MessageKind kind, bool header)
    {
        if (file is null)
        {
            return Say("media_not_found", "MediaNotFound");
        }

        if (file.State != MediaState.Ready)
        {
            return Say("media_not_ready", file.State == MediaState.Pending ? "MediaNotReady" : "MediaBroken");
        }

        var real = UploadRules.KindOf(file.MimeType);
        var fits = real is not null && kind switch
        {
            // Anything WhatsApp takes can also go as a document, except in a template's header.
            MessageKind.Document => !header || real == MessageKind.Document,
            MessageKind.Image or MessageKind.Video or MessageKind.Audio or MessageKind.Sticker => real == kind,
            _ => false,
        };
        if (!fits)
        {
            return header
                ? Say("media_unsupported", "HeaderMediaKind", Texts.Templates.Keep($"Kind{kind}"))
                : Say("media_unsupported", "MediaKind");
        }

        // Whether a sticker moves was decided when it was uploaded; here the larger of the two limits holds.
        var limit = UploadRules.MaxBytesOf(kind, animated: true);
        return file.SizeBytes > limit ? Say("media_too_big", "MediaTooBig", file.SizeBytes / Megabyte, limit / Megabyte) : null;
    }

    private static Refusal Say(string code, string name, params ReadOnlySpan<object?> values) => Kept(code, Texts.Sending.Keep(name, values));

    private static Refusal Kept(string code, string kept) => new(code, KeptText.Read(kept)!) { ToKeep = kept };
}
