using System.Globalization;
using System.Text.RegularExpressions;

namespace WaConsole.Core.Consent;

/// <summary>Details as they were written before they were kept as facts: "entry 5", "page 3 made". The log keeps such lines for years.</summary>
internal static partial class OldAuditDetail
{
    private const string None = "–";

    public static AuditDetail? Read(string kept)
    {
        try
        {
            return kept switch
            {
                "file" => new AuditDetail.ProofFile(),
                "json" or "html" => new AuditDetail.Export(kept),
                _ => Counted(kept) ?? Named(kept) ?? Set(kept),
            };
        }
        catch (Exception cause) when (cause is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static AuditDetail? Counted(string kept) =>
        EntryLine().Match(kept) is { Success: true } entry ? new AuditDetail.Entry(Long(entry, 1))
        : ImportLine().Match(kept) is { Success: true } import ? new AuditDetail.Import(Long(import, 1))
        : ErasedLine().Match(kept) is { Success: true } erased ? new AuditDetail.Erased(Long(erased, 1), Long(erased, 2))
        : VerifiedLine().Match(kept) is { Success: true } verified ? new AuditDetail.Verified(Long(verified, 1), Long(verified, 2), Long(verified, 3))
        : null;

    private static AuditDetail? Named(string kept) =>
        PageLine().Match(kept) is { Success: true } page ? new AuditDetail.Page(Number(page, 1), Enum.Parse<PageDeed>(page.Groups[2].Value, ignoreCase: true))
        : WordsLine().Match(kept) is { Success: true } words ? new AuditDetail.Words(Number(words, 1), words.Groups[2].Value, Int(words, 3))
        : null;

    private static AuditDetail? Set(string kept) =>
        StopLine().Match(kept) is { Success: true } stop
            ? new AuditDetail.StopAnswer(Number(stop, 1), stop.Groups[2].Value == "yes", Parts(stop.Groups[3].Value, " "))
        : SendingLine().Match(kept) is { Success: true } sending ? Sending(sending)
        : MarketsLine().IsMatch(kept) ? new AuditDetail.Markets([.. MarketLine().Matches(kept).Select(Market)])
        : null;

    private static AuditDetail.MarketLine Market(Match line) =>
        new(line.Groups[1].Value is "*" ? RenewalTerms.Elsewhere : line.Groups[1].Value, null, Int(line, 2), Int(line, 3));

    private static AuditDetail.Sending Sending(Match line)
    {
        var (from, to) = Quiet(line.Groups[5].Value);
        return new AuditDetail.Sending(Number(line, 1))
        {
            RepeatMinutes = Int(line, 2),
            MarketingAtMost = Int(line, 3),
            MarketingDays = Int(line, 4),
            QuietFrom = from,
            QuietTo = to,
            UnansweredAtMost = Int(line, 6),
            UnansweredMinutes = Int(line, 7),
            UtilityToAnybody = line.Groups[8].Value == "yes",
            BusinessNames = Parts(line.Groups[9].Value, " / "),
            Countries = [.. Parts(line.Groups[10].Value, " / ").Select(Country)],
        };
    }

    private static AuditDetail.CountryLine Country(string told)
    {
        var parts = told.Split(' ');
        var (from, to) = Quiet(parts[1]);
        return new AuditDetail.CountryLine(parts[0], from, to, parts[2] == None ? null : int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static (TimeOnly? From, TimeOnly? To) Quiet(string told) =>
        told.Split('–') is [{ Length: > 0 } from, { Length: > 0 } to]
            ? (TimeOnly.ParseExact(from, "HH:mm", CultureInfo.InvariantCulture), TimeOnly.ParseExact(to, "HH:mm", CultureInfo.InvariantCulture))
            : (null, null);

    private static string[] Parts(string told, string between) => told == None ? [] : told.Split(between);

    /// <summary>Names were not noted then.</summary>
    private static string Number(Match line, int group) => "#" + line.Groups[group].Value;

    private static int Int(Match line, int group) => int.Parse(line.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static long Long(Match line, int group) => long.Parse(line.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^entry (?<id>[0-9]+)$", RegexOptions.None, 1000)]
    private static partial Regex EntryLine();

    [GeneratedRegex("^import (?<id>[0-9]+)$", RegexOptions.None, 1000)]
    private static partial Regex ImportLine();

    [GeneratedRegex("^messages (?<messages>[0-9]+), files (?<files>[0-9]+)$", RegexOptions.None, 1000)]
    private static partial Regex ErasedLine();

    [GeneratedRegex("^entries (?<entries>[0-9]+), links (?<links>[0-9]+), found (?<found>[0-9]+)$", RegexOptions.None, 1000)]
    private static partial Regex VerifiedLine();

    [GeneratedRegex("^page (?<id>[0-9]+) (?<deed>made|changed|published|closed)$", RegexOptions.None, 1000)]
    private static partial Regex PageLine();

    [GeneratedRegex("^wording (?<id>[0-9]+) (?<language>[^ ]+) (?<version>[0-9]+)$", RegexOptions.None, 1000)]
    private static partial Regex WordsLine();

    [GeneratedRegex("^account (?<account>[0-9]+): stop confirmed (?<on>yes|no), own words (?<languages>.+)$", RegexOptions.None, 1000)]
    private static partial Regex StopLine();

    [GeneratedRegex(
        "^account (?<account>[0-9]+): repeat (?<repeat>[0-9]+) min, offers (?<offers>[0-9]+) in (?<days>[0-9]+) d, quiet (?<quiet>[^ ]+), unanswered (?<unanswered>[0-9]+) in (?<minutes>[0-9]+) min, "
        + "utility to anybody (?<utility>yes|no), names (?<names>.+), countries (?<countries>(?:–|[A-Z]{2} [0-9:–]+ (?:–|[0-9]+))(?: / [A-Z]{2} [0-9:–]+ (?:–|[0-9]+))*)$",
        RegexOptions.None,
        1000)]
    private static partial Regex SendingLine();

    [GeneratedRegex(@"^(?:\*|[A-Z]{2}) [0-9]+/[0-9]+(?:, (?:\*|[A-Z]{2}) [0-9]+/[0-9]+)*$", RegexOptions.None, 1000)]
    private static partial Regex MarketsLine();

    [GeneratedRegex(@"(?<market>\*|[A-Z]{2}) (?<consent>[0-9]+)/(?<soft>[0-9]+)", RegexOptions.None, 1000)]
    private static partial Regex MarketLine();
}
