using System.Globalization;
using WaConsole.Core.Consent;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.RightsFiles;

/// <summary>What a line of the audit log tells besides its deed, in the reader's words.</summary>
internal sealed class AuditWords(CodeWords codes)
{
    private const string Between = " · ";

    public string? Of(AuditDetail? detail) => detail switch
    {
        AuditDetail.ProofFile => codes.Text("DetailFile"),
        AuditDetail.Entry it => codes.Text("DetailEntry", it.Id),
        AuditDetail.Export it => codes.Text(it.Format == "json" ? "DetailExportJson" : "DetailExportPage"),
        AuditDetail.Erased it => codes.Text("DetailErased", it.Messages, it.Files),
        AuditDetail.Verified it => codes.Text("DetailVerified", it.Entries, it.Links, it.Faults),
        AuditDetail.Import it => codes.Text("DetailImport", it.Id),
        AuditDetail.Words it => codes.Text("DetailWords", it.Name, Languages.NameOf(it.Language), it.Version),
        AuditDetail.Page it => codes.Text($"DetailPage{it.Deed}", it.Name),
        AuditDetail.Retention it => codes.Text("DetailRetention", Of(it)),
        AuditDetail.Markets it => codes.Text("DetailMarkets", string.Join(Between, it.All.Select(Of))),
        AuditDetail.StopAnswer it => Of(it),
        AuditDetail.Sending it => codes.Text("DetailSending", it.Account, Of(it)),
        AuditDetail.Unknown it => it.Text,
        _ => null,
    };

    private string Of(AuditDetail.Retention terms) => string.Join(
        Between,
        Days("MessageDays", terms.MessageDays),
        Days("FileDays", terms.FileDays),
        Days("AuditDays", terms.AuditDays),
        Days("QuarantineDays", terms.QuarantineDays),
        Days("ImportDays", terms.ImportFileDays));

    private string Days(string what, int? days) => $"{codes.Text(what)}: {days?.ToString("N0", CultureInfo.CurrentCulture) ?? codes.Text("ForEver")}";

    private string Of(AuditDetail.MarketLine line)
    {
        var name = line.Market == RenewalTerms.Elsewhere ? codes.Text("MarketElsewhere") : codes.Law(line.Market);
        var months = codes.Text("DetailMarket", name, Months(line.ConsentMonths), Months(line.SoftOptInMonths));
        return line.Basis is { } basis ? $"{months} ({codes.Text("MarketBasis")}: {codes.Of(basis)})" : months;
    }

    private string Months(int months) => months == 0 ? codes.Text("DetailNever") : months.ToString(CultureInfo.CurrentCulture);

    private string Of(AuditDetail.StopAnswer it)
    {
        var answer = codes.Text(it.IsOn ? "DetailStopOn" : "DetailStopOff", it.Account);
        return it.Languages.Count == 0
            ? answer
            : answer + Between + codes.Text("DetailOwnWords", string.Join(Between, it.Languages.Select(Languages.NameOf)));
    }

    private string Of(AuditDetail.Sending settings) => string.Join(
        Between,
        [
            codes.Text("DetailRepeat", OrOff(settings.RepeatMinutes)),
            codes.Text("DetailOffers", OrOff(settings.MarketingAtMost), settings.MarketingDays),
            Quiet(settings.QuietFrom, settings.QuietTo) ?? codes.Text("DetailQuietOff"),
            codes.Text("DetailUnanswered", OrOff(settings.UnansweredAtMost), settings.UnansweredMinutes),
            codes.Text(settings.UtilityToAnybody ? "DetailUtilityOpen" : "DetailUtilityAsked"),
            .. settings.BusinessNames.Count == 0 ? [] : (string[])[codes.Text("DetailNames", string.Join(" / ", settings.BusinessNames))],
            .. settings.Countries.Select(Of),
        ]);

    private string Of(AuditDetail.CountryLine rule)
    {
        var cap = rule.MarketingAtMost is { } atMost ? codes.Text("DetailCap", OrOff(atMost)) : null;
        return $"{Countries.NameOf(rule.Country)}: {string.Join(" / ", new[] { Quiet(rule.QuietFrom, rule.QuietTo), cap }.OfType<string>())}";
    }

    private string? Quiet(TimeOnly? from, TimeOnly? to) => from is { } start && to is { } end
        ? codes.Text("DetailQuiet", start.ToString("HH:mm", CultureInfo.InvariantCulture), end.ToString("HH:mm", CultureInfo.InvariantCulture))
        : null;

    private string OrOff(int most) => most == 0 ? codes.Text("DetailOff") : most.ToString("N0", CultureInfo.CurrentCulture);
}
