using System.Collections.Frozen;
using System.Globalization;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Rights;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.RightsFiles;

/// <summary>How a fact of a person is told: in whose direction it is read ("auto": the text's own, null: the page's), and its moment if it is one.</summary>
internal sealed record ToldFact(string Text, string? Direction = null, DateTime? AtUtc = null);

/// <summary>What is known of a person in words that they understand. What has none is left as it was written.</summary>
internal sealed class FactWords(CodeWords codes, ViewerClock clock)
{
    /// <summary>What joins rows, proves that a thing is unchanged, or is written by a machine for a machine.</summary>
    private static readonly FrozenSet<string> ForMachines =
    [
        "answers", "before", "content", "entry", "fileHash", "form", "hash", "mediaId", "page", "portfolio", "raw", "reason", "referral",
        "repliesToWamid", "request", "scope", "wamid", "wording",
    ];

    /// <summary>Names of their own words, with where WhatsApp's are.</summary>
    private static readonly FrozenDictionary<string, string> Wire = new Dictionary<string, string>
    {
        ["pricingCategory"] = "Charged",
        ["pricingType"] = "Price",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Currencies = new Dictionary<string, string>
    {
        ["estimate"] = "estimateCurrency",
        ["charge"] = "chargeCurrency",
    }.ToFrozenDictionary();

    private readonly AuditWords _audit = new(codes);

    public static bool IsForMachines(PersonFact fact) => ForMachines.Contains(fact.Name);

    /// <summary>Null for what another fact of the row tells with it.</summary>
    public ToldFact? Tell(PersonRow row, PersonFact fact) => fact.Value switch
    {
        Enum code => new ToldFact(codes.Of(code)),
        bool yes => new ToldFact(codes.Of(yes)),
        DateTime moment => new ToldFact($"{clock.Exact(moment)} {Offset(moment)}", AtUtc: moment),
        decimal money => Money(row, fact.Name, money),
        string text => Text(row, fact.Name, text),
        var number => Number(fact.Name, Convert.ToInt64(number, CultureInfo.InvariantCulture)),
    };

    private static ToldFact Money(PersonRow row, string name, decimal money)
    {
        var currency = row.Facts.FirstOrDefault(other => other.Name == Currencies.GetValueOrDefault(name))?.Value;
        return new ToldFact(string.Create(CultureInfo.CurrentCulture, $"{money:0.00####} {currency}").TrimEnd(), "ltr");
    }

    private static ToldFact Number(string name, long number) => name switch
    {
        "bytes" => new ToldFact(FileSize.Of(number), "ltr"),
        "duration" => new ToldFact(TimeSpan.FromMilliseconds(number).ToString(number >= 3_600_000 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture), "ltr"),
        _ => new ToldFact(number.ToString(CultureInfo.InvariantCulture), "ltr"),
    };

    private ToldFact? Text(PersonRow row, string name, string text) => name switch
    {
        "estimateCurrency" or "chargeCurrency" => row.Facts.Any(other => other.Value is decimal && Currencies.GetValueOrDefault(other.Name) == name)
            ? null
            : new ToldFact(text, "ltr"),
        "phone" => new ToldFact(PhoneText.Of(text), "ltr"),
        "value" when row.Facts.Any(other => other.Value is IdentifierKind.Phone) => new ToldFact(PhoneText.Of(text), "ltr"),
        "country" => new ToldFact(Countries.NameOf(text)!),
        "law" => new ToldFact(codes.Law(text)),
        "language" => new ToldFact(Languages.NameOf(text), "auto"),
        "zone" => new ToldFact(Zone(text), "ltr"),
        "kind" or "claimedKind" => new ToldFact(FileKind(text), "auto"),
        "detail" => new ToldFact(_audit.Of(AuditDetail.Read(text)) ?? text, "auto"),
        "optedOutReason" => new ToldFact(Stopped(text), "auto"),
        "status" => new ToldFact(Status(text), "auto"),
        _ when Wire.TryGetValue(name, out var prefix) => new ToldFact(codes.Wire(prefix, text), "auto"),
        _ => new ToldFact(text, "auto"),
    };

    /// <summary>"Europe/Berlin", "America/Sao Paulo".</summary>
    public static string Zone(string id) => id.Replace('_', ' ');

    private string Offset(DateTime utc)
    {
        var offset = clock.Zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        return offset == TimeSpan.Zero
            ? "UTC"
            : $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset.Duration().ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>"image/jpeg" is a picture to whoever reads it.</summary>
    private string FileKind(string mime) => mime.Split('/')[0] switch
    {
        "image" => $"{codes.Of(MessageKind.Image)} ({mime})",
        "video" => $"{codes.Of(MessageKind.Video)} ({mime})",
        "audio" => $"{codes.Of(MessageKind.Audio)} ({mime})",
        _ when mime.Contains('/', StringComparison.Ordinal) => $"{codes.Of(MessageKind.Document)} ({mime})",
        _ => mime,
    };

    /// <summary>Of a registry entry it is the way it came, by name; else what WhatsApp or a colleague gave.</summary>
    private string Stopped(string reason) => StopReason.SourceOf(reason) is { } source ? codes.Of(source) : reason;

    private string Status(string word) =>
        Enum.TryParse<DeliveryStatus>(word, ignoreCase: true, out var known) && Enum.IsDefined(known) ? codes.Of(known) : codes.Wire("Status", word);
}
