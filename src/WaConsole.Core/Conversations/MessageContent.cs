namespace WaConsole.Core.Conversations;

/// <summary>
/// What a bubble draws beyond text and media, by kind. Serialised to Message.ContentJson with <see cref="ContentJson"/>;
/// strings in it are the customer's and hostile.
/// </summary>
public abstract record MessageContent
{
    private MessageContent()
    {
    }

    public sealed record Location(double Latitude, double Longitude, string? Name, string? Address) : MessageContent;

    /// <summary><see cref="Origin"/> is <c>contact_request</c> when we had asked for it.</summary>
    public sealed record ContactCards(IReadOnlyList<ContactCard> Cards, string? Origin = null) : MessageContent;

    /// <summary>The customer pressed a reply button, a list row or a template's quick reply.</summary>
    public sealed record Choice(string Id, string Title, string? Description) : MessageContent;

    /// <summary>Answers of a Flow or address form, in the order received.</summary>
    public sealed record FormAnswers(IReadOnlyList<FormAnswer> Answers) : MessageContent;

    public sealed record Order(string CatalogId, string? Note, IReadOnlyList<OrderLine> Lines) : MessageContent;

    public sealed record ProductQuestion(string CatalogId, string ProductId) : MessageContent;

    /// <summary>The ad or post the customer came from.</summary>
    public sealed record Referral(string? Headline, string? Body, string? SourceUrl, string? SourceType) : MessageContent;

    /// <summary>Sent by us: the template as the customer saw it, frozen when it was sent.</summary>
    public sealed record SentTemplate(
        string Name, string Language, string Category, string? HeaderText, string Body, string? Footer,
        IReadOnlyList<TemplateButton> Buttons, Location? HeaderLocation) : MessageContent
    {
        /// <summary>WhatsApp's word, or null without a header and in what was sent before it was kept.</summary>
        public string? HeaderKind { get; init; }

        public SentProduct? Product { get; init; }

        public SentOffer? Offer { get; init; }

        public IReadOnlyList<SentTemplateCard>? Cards { get; init; }

        /// <summary>Products by their ids.</summary>
        public IReadOnlyList<ChoiceSection>? Sections { get; init; }
    }

    /// <summary>
    /// Sent by us outside a template: buttons, list, link, form, products or cards, as the customer saw it. <see cref="Type"/> is
    /// WhatsApp's word; <see cref="Reference"/> the order of a payment message.
    /// </summary>
    public sealed record SentInteractive(
        string Type, string? HeaderText, string Body, string? Footer, IReadOnlyList<TemplateButton> Buttons,
        IReadOnlyList<ChoiceSection> Sections, IReadOnlyList<SentCard> Cards, string? Reference) : MessageContent;

    /// <summary>Whether the customer lets us call; null <see cref="UntilUtc"/> without <see cref="Permanent"/> means not known.</summary>
    public sealed record CallPermission(bool Accepted, bool Permanent, DateTime? UntilUtc) : MessageContent;

    /// <summary>A call of the customer, or of ours. <see cref="Seconds"/> is how long they talked.</summary>
    public sealed record Call(bool FromCustomer, CallOutcome Outcome, int? Seconds) : MessageContent;

    /// <summary>Something WhatsApp told about the chat: number changed, identity changed, people who came into a group or left it.</summary>
    public sealed record Notice(string Type, string? Detail) : MessageContent;

    /// <summary>A kind WhatsApp does not pass on, or one we do not know.</summary>
    public sealed record Unsupported(string? Type, int? Code, string? Detail) : MessageContent;

    public sealed record Voice(bool IsVoiceNote, int? Seconds) : MessageContent;

    public sealed record StickerInfo(bool Animated) : MessageContent;

    /// <summary>Sent by the program itself. <see cref="Type"/>: away.</summary>
    public sealed record Automatic(string Type) : MessageContent;

    /// <summary>A private note. <see cref="Named"/> are the people mentioned, as their names were then.</summary>
    public sealed record TeamNote(IReadOnlyList<string> Named) : MessageContent;

    /// <summary>
    /// Something our people or programs did with the conversation. <see cref="Type"/>: assigned, unassigned, open, pending, snoozed,
    /// resolved. <see cref="Target"/> is the person it was given to; <see cref="UntilUtc"/> the end of a snooze.
    /// </summary>
    public sealed record Activity(string Type, string Actor, string? Target, DateTime? UntilUtc = null) : MessageContent;
}

/// <summary>What a call came to. The order is the rank: it only moves forward.</summary>
public enum CallOutcome
{
    Ringing = 1,
    Answered = 2,

    /// <summary>Nobody took it.</summary>
    Missed = 3,
    Rejected = 4,

    /// <summary>They talked.</summary>
    Ended = 5,
}

public sealed record ContactCard(string Name, IReadOnlyList<string> Phones, IReadOnlyList<string> Emails, string? Organisation);

public sealed record FormAnswer(string Name, string Value);

/// <summary>Rows of a list, or the ids of products.</summary>
public sealed record ChoiceSection(string? Title, IReadOnlyList<ChoiceRow> Rows);

public sealed record ChoiceRow(string Title, string? Description);

public sealed record SentCard(string Body, IReadOnlyList<TemplateButton> Buttons);

/// <summary>A card of a template's carousel; the file is at /media/{Key}.</summary>
public sealed record SentTemplateCard(
    string? HeaderKind, SentProduct? Product, SentFile? File, string Body, IReadOnlyList<TemplateButton> Buttons);

public sealed record SentFile(long Id, Guid Key, string MimeType, long SizeBytes, string FileName);

public sealed record SentProduct(string CatalogueId, string ProductId);

/// <summary><see cref="EndsUtc"/>: null for an offer without an end.</summary>
public sealed record SentOffer(string Text, DateTime? EndsUtc);

/// <summary><see cref="Price"/> is of one piece, in <see cref="Currency"/> (ISO 4217), as the customer's cart showed it.</summary>
public sealed record OrderLine(string ProductId, int Quantity, decimal Price, string Currency);

/// <summary><see cref="Kind"/>: QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, … as in the definition.</summary>
public sealed record TemplateButton(string Kind, string Text, string? Target);
