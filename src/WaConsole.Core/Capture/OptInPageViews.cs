using WaConsole.Core.Consent;

namespace WaConsole.Core.Capture;

/// <summary>A text that stands ready behind a QR code, for the words in use in one language.</summary>
public sealed record InviteView(string Language, string Code, string Text, string Link);

/// <summary>A page as admins see it. <see cref="Lacks"/>: what keeps it from being published, or what is wrong since.</summary>
public sealed record OptInPageView(
    long Id, string Slug, string Name, long WordingId, string WordingName, string BusinessName, ConsentPurpose Purpose, long NumberId, string NumberName,
    OptInPageState State, LawfulBasis Basis, string? Jurisdiction, int? RenewMonths, string? Country, IReadOnlyList<string> Origins, string? TemplateName,
    IReadOnlyList<string> Languages, IReadOnlyList<InviteView> Invites, IReadOnlyList<string> Lacks)
{
    public int AsksPerHour { get; init; }

    /// <summary>Within the last day questions were held back, since so many were not answered.</summary>
    public bool HeldBack { get; init; }
}

/// <summary>A page as anybody sees it. <see cref="VersionId"/> is what the visitor agrees to; <see cref="WriteLink"/> opens WhatsApp with the text ready.</summary>
public sealed record PublicOptInPage(
    string Slug, string BusinessName, ConsentPurpose Purpose, string Language, IReadOnlyList<string> Languages, long VersionId, string Text, string PhoneNumber,
    string WriteLink, string? Country, IReadOnlyList<string> Origins, bool Confirms);
