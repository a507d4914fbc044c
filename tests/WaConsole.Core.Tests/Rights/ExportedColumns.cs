namespace WaConsole.Core.Tests.Rights;

/// <summary>Where in the export of a person each column comes out. What is in none of the parts stands in NotExported with its reason.</summary>
internal static class ExportedColumns
{
    public static readonly IReadOnlyDictionary<string, string> All = Read(
        """
        Contact: contact
            GivenName name, ProfileName profileName, Phone phone, Username username, UserId userId, Country country, CreatedAtUtc since,
            OptedOutAtUtc optedOut, OptedOutReason optedOutReason, IdentityChangedAtUtc identityChanged, BlockedAtUtc blocked
        ContactIdentifier: identifiers
            Kind kind, Value value, Scope scope, FirstSeenAtUtc since, LastSeenAtUtc lastSeen, RetiredAtUtc until
        ContactMerge: merges
            AtUtc at, ByName by, UndoUntilUtc until, UndoneAtUtc undone, UndoneByName undoneBy, SnapshotJson before
        ContactBlock: blocks
            NumberId number, AtUtc at, ByName by
        Number: testers
            Testers phone, DisplayPhoneNumber number
        ContactField: fields
            Name name
        ContactFieldValue: fields
            Value value
        Label: labels
            Name label
        ConversationLabel: labels
            ConversationId conversation
        ContactNote: notes
            Text text, AuthorName by, CreatedAtUtc at, EditedAtUtc edited
        ConsentState: standing
            Purpose purpose, What status, SinceUtc since, ExpiresAtUtc until, Source source, Complete complete, Jurisdiction law, EntryId entry
        ConsentEntry: consent
            Id entry, Purpose purpose, Action action, Source source, AtUtc at, TimeZone zone, RecordedAtUtc recorded, BusinessName business, NumberId number,
            WordingId wording, WordingVersion version, WordingLanguage language, WordingHash hash, PrivacyVersion privacyVersion, Basis basis,
            Jurisdiction law, ExpiresAtUtc until, Complete complete, ActorName by, AnswersEntryId answers
        PersonalPart: consent
            Phone phone, UserIds userIds, Username username, Name name, FileSha256 fileHash
        ConsentEvidence: consent
            Wamid wamid, Text text, Note evidence, IpAddress address, UserAgent browser, FormJson form, Shown words, Question question, PageId page
        ConsentFile: proofs
            FileName file, MimeType kind, SizeBytes bytes, Sha256 hash, CreatedAtUtc at
        ConsentSuppression: suppression
            AtUtc at
        Conversation: conversations
            Id conversation, NumberId number, Status status, SnoozedUntilUtc snoozedUntil, AssigneeId assignee, UnreadCount unread,
            LastActivityAtUtc lastSeen, WaitingSinceUtc waitingSince, WindowOpenedAtUtc windowOpened, WindowExpiresAtUtc windowUntil,
            ClosingToldAtUtc closingTold, EntryPointExpiresAtUtc entryPointUntil, ReferralJson referral, OwnedElsewhere ownedElsewhere,
            UnansweredCount unanswered, UnansweredSinceUtc unansweredSince, CreatedAtUtc since
        AwayAnswer: conversations
            AnsweredAtUtc awayAnswered
        Message: messages
            Id message, ConversationId conversation, NumberId number, Direction direction, Kind kind, Wamid wamid, Text text, ContentJson content,
            ReplyJson request, RawJson raw, Status status, StatusAtUtc statusAt, SentAtUtc at, CreatedAtUtc recorded, AuthorName by,
            ReplyToWamid repliesToWamid, ReplyToMessageId repliesTo, Forwarded forwarded, ErrorCode errorCode, ErrorTitle error,
            ErrorDetails errorDetails, EditedAtUtc edited, DeletedAtUtc deleted, PricingCategory pricingCategory, PricingType pricingType,
            EstimateMicros estimate, EstimateCurrency estimateCurrency, EstimateMarket market, EstimateFree free, ChargeMicros charge,
            ChargeCurrency chargeCurrency, TemplateName template, TemplateLanguage language
        MessageStatusFact: statuses
            MessageId message, Wamid wamid, Status status, AtUtc at, ErrorCode errorCode, RawJson raw
        Reaction: reactions
            MessageId message, FromCustomer direction, Emoji emoji, AtUtc at
        StopReview: stopReviews
            MessageId message, HeardAtUtc at, Decision decision, DecidedAtUtc decided, DecidedBy by
        OutboxEntry: outbox
            MessageId message, Lane lane, State status, NextAttemptAtUtc next, Attempts attempts, DeadlineAtUtc until, CreatedAtUtc at
        MediaFile: files
            State status, ConversationId conversation, NumberId number, WhatsAppMediaId mediaId, WhatsAppUploadedAtUtc uploaded, MimeType kind,
            ClaimedMimeType claimedKind, Sha256 hash, SizeBytes bytes, FileName file, Width width, Height height, IsVoiceNote voice, Failure error,
            CreatedAtUtc at
        Sound: files
            Milliseconds duration
        Draft: drafts
            ConversationId conversation, AgentId by, Text text, NoteText note, MediaFileIds file, ReplyToMessageId repliesTo, UpdatedAtUtc at
        Participant: colleagues
            ConversationId conversation, AgentId colleague, SinceUtc since
        Notification: notifications
            AgentId colleague, Kind kind, ConversationId conversation, MessageId message, ActorName by, Preview text, AtUtc at, ReadAtUtc read
        ToldNotice: notices
            BusinessAccountId account, IsMarketing marketing, AtUtc at, Channel channel, MessageId message, IsAgain again
        PortfolioReach: reach
            PortfolioId portfolio, AtUtc at
        ParkedItem: setAside
            BusinessAccountId account, Wamid wamid, Body raw, ParkedAtUtc at, ExpiresAtUtc until
        QuarantinedItem: setAside
            BusinessAccountId account, Body raw, Reason reason, QuarantinedAtUtc at, Replays attempts
        ConsentAudit: audit
            AtUtc at, ByName by, Deed deed, Detail detail
        """);

    private static Dictionary<string, string> Read(string text)
    {
        Dictionary<string, string> columns = [];
        var (entity, part) = ("", "");
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(": ") is [var named, var into])
            {
                (entity, part) = (named, into);
                continue;
            }

            foreach (var column in line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                columns.Add($"{entity}.{column.Split(' ')[0]}", $"{part}.{column.Split(' ')[1]}");
            }
        }

        return columns;
    }
}
