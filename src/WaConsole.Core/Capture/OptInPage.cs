using WaConsole.Core.Consent;

namespace WaConsole.Core.Capture;

public enum OptInPageState
{
    Draft = 1,
    Published = 2,

    /// <summary>Takes nothing any more; its codes are not heard either.</summary>
    Closed = 3,
}

/// <summary>A public page where people agree, with its QR codes.</summary>
internal sealed class OptInPage
{
    public const int MaxSlug = 60;
    public const int MaxName = 100;
    public const int MaxOrigins = 1_000;
    public const int UsualAsksPerHour = 60;

    public long Id { get; set; }

    /// <summary>The end of the page's address.</summary>
    public string Slug { get; set; } = "";

    public string Name { get; set; } = "";

    public long WordingId { get; set; }

    /// <summary>The number people write to, and that asks them to confirm.</summary>
    public long NumberId { get; set; }

    public OptInPageState State { get; set; } = OptInPageState.Draft;

    public LawfulBasis Basis { get; set; } = LawfulBasis.Consent;

    /// <summary>ISO country or EU; null for the country of the phone number.</summary>
    public string? Jurisdiction { get; set; }

    /// <summary>After how many months an opt-in must be renewed; null for never.</summary>
    public int? RenewMonths { get; set; }

    /// <summary>The country that stands in the form at first.</summary>
    public string? Country { get; set; }

    /// <summary>Where the form may be embedded, one origin to a line.</summary>
    public string Origins { get; set; } = "";

    /// <summary>The template that asks for confirmation; null for an opt-in that counts at once.</summary>
    public string? TemplateName { get; set; }

    /// <summary>So many questions may be unanswered of an hour; then no more are sent.</summary>
    public int AsksPerHour { get; set; } = UsualAsksPerHour;

    /// <summary>When the last hour began in which questions were held back.</summary>
    public DateTime? HeldAtUtc { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    public DateTime? PublishedAtUtc { get; set; }

    public DateTime? ClosedAtUtc { get; set; }
}

/// <summary>A text with a code that stands ready when somebody follows a page's QR code or link. It names the words that stood beside it.</summary>
internal sealed class OptInInvite
{
    public long Id { get; set; }

    public long PageId { get; set; }

    public long VersionId { get; set; }

    public string Code { get; set; } = "";

    public string Text { get; set; } = "";
}
