namespace WaConsole.Core.Templates.Insight;

/// <summary>What is counted of templates. Stored numbers, also written by the triggers of migration TemplateInsight.</summary>
internal enum Tallied
{
    /// <summary>WhatsApp took the message, or refused it: it left us.</summary>
    Sent = 1,
    Delivered = 2,
    Read = 3,

    /// <summary>By error code; a failure that a delivery contradicts is taken back.</summary>
    Failed = 4,

    /// <summary>Somebody pressed one of its buttons that comes back to us, or filled in its form.</summary>
    Pressed = 5,

    /// <summary>The customer's first message after it.</summary>
    Replied = 6,

    /// <summary>Somebody stopped marketing in answer to it.</summary>
    OptedOut = 7,

    /// <summary>Delivered and, as WhatsApp said, not charged.</summary>
    Free = 8,

    /// <summary>Delivered and charged, in millionths of the currency: the list price of what WhatsApp said it charges.</summary>
    Cost = 9,

    /// <summary>Delivered and charged, by a price we do not know.</summary>
    Unpriced = 10,

    /// <summary>Delivered and charged, by a price we know.</summary>
    Priced = 11,

    /// <summary>Of a number, not of a template: delivered messages that are no templates. A month's first are free.</summary>
    Service = 20,
}

/// <summary>A day's count of one template at one number: by the day the message was sent, in UTC.</summary>
internal sealed class TemplateTally
{
    public string Name { get; set; } = "";

    public string Language { get; set; } = "";

    public Tallied What { get; set; }

    public DateOnly Day { get; set; }

    public long NumberId { get; set; }

    /// <summary>With <see cref="Tallied.Failed"/> WhatsApp's code, with <see cref="Tallied.Cost"/> the currency, else empty.</summary>
    public string Detail { get; set; } = "";

    public long Amount { get; set; }
}

/// <summary>
/// A name's tally of a day in all its languages, for what is read of many names at once: a list of thirty names in forty languages is a
/// fortieth of the rows. Written by <see cref="FoldTicks"/> with the tallies it is the sum of.
/// </summary>
internal sealed class TemplateNameTally
{
    public string Name { get; set; } = "";

    /// <summary>One of <see cref="TalliesOf.ByName"/>.</summary>
    public Tallied What { get; set; }

    public DateOnly Day { get; set; }

    public long NumberId { get; set; }

    public long Amount { get; set; }
}

/// <summary>
/// A change of a tally, written by the triggers in the transaction that changes the message, whatever changed it, and added up by
/// <see cref="FoldTicks"/>: so nobody who stores statuses waits for a row that all of them count on.
/// </summary>
internal sealed class TemplateTick
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string Language { get; set; } = "";

    public Tallied What { get; set; }

    public DateOnly Day { get; set; }

    public long NumberId { get; set; }

    public string Detail { get; set; } = "";

    public long Amount { get; set; }
}
