using System.Text.RegularExpressions;
using WaConsole.Core.Consent;
using WaConsole.Core.Policy;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>What the words of an opt-in must say, enough for the strictest reading of WhatsApp's policy of any year.</summary>
public enum WordingPart
{
    BusinessName = 1,
    WhatsApp = 2,
    HowToStop = 3,
    PrivacyLink = 4,
}

/// <summary>Pure: which required parts a wording lacks.</summary>
public static partial class WordingRules
{
    private static readonly string[] WhatsApp = ["whatsapp", "واتساب", "واتس اب", "व्हाट्सएप", "व्हाट्सऐप", "व्हाट्सअप", "ватсап", "вотсап"];

    private static readonly string[] WhatsAppHosts = ["wa.me", "whatsapp.com", "whatsapp.net", "wl.co"];

    /// <summary>What the addresses of a console's public pages begin with.</summary>
    private static readonly string[] OwnPages = ["opt-in", "opt-out", "opt-ins"];

    /// <summary>How people are told to stop, in the languages this console speaks and the largest others: whole words, folded.</summary>
    private static readonly PhraseSet Stopping = new(
        "stop, stopp, stoppen, opt out, optout, alto, baja, parar, pare, sair, salir, iptal, dur, çık, batal, berhenti, henti, arret, arreter, arretez, annuler, "
        + "стоп, отмена, रोकें, रोकने, रोक, रुकें, बंद, إيقاف, ايقاف, توقف, قف, إلغاء, الغاء, أوقف");

    /// <summary>Words that begin so.</summary>
    private static readonly string[] StoppingStems =
    [
        .. new[]
        {
            "unsubscri", "withdraw", "revo", "cancel", "retir", "descadastr", "désabonn", "désinscri", "abmeld", "abbestell", "widerruf", "disiscriv", "annull",
            "afmeld", "uitschrij", "rezygn", "wypis", "отпис", "отозв", "отказ", "berhenti", "हटा", "रोक", "बंद",
        }.Select(stem => PolicyText.Words(stem)[0]),
    ];

    /// <summary>Where words are not parted by spaces, or carry others in front.</summary>
    private static readonly string[] StoppingAnywhere = ["停止", "退订", "退訂", "取消", "解除", "إيقاف", "ايقاف", "إلغاء", "الغاء", "توقف"];

    /// <param name="ownHost">Of the address this console is reached by, which shows nobody's privacy notice.</param>
    public static IReadOnlyList<WordingPart> Missing(string text, string businessName, string? ownHost = null) =>
    [
        .. new (WordingPart Part, bool IsThere)[]
        {
            (WordingPart.BusinessName, businessName.Trim().Length > 0 && text.Contains(businessName.Trim(), StringComparison.OrdinalIgnoreCase)),
            (WordingPart.WhatsApp, Says(text, WhatsApp)),
            (WordingPart.HowToStop, SaysHowToStop(text, businessName)),
            (WordingPart.PrivacyLink, Address().Matches(text).Any(address => IsNotice(address.Value, ownHost))),
        }.Where(part => !part.IsThere).Select(part => part.Part),
    ];

    internal static ShownWording Shown(string text, string language, string businessName, string? ownHost = null) =>
        new(null, null, language, Secrets.HashOf(text), Missing(text, businessName, ownHost).Count == 0);

    /// <summary>An address that may be a privacy notice of the business: neither a chat or a page of WhatsApp nor a page of a console like this.</summary>
    private static bool IsNotice(string address, string? ownHost) =>
        Uri.TryCreate(address, UriKind.Absolute, out var link)
        && link.Scheme == Uri.UriSchemeHttps
        && link.IdnHost.Contains('.', StringComparison.Ordinal)
        && !WhatsAppHosts.Any(host => link.IdnHost == host || link.IdnHost.EndsWith($".{host}", StringComparison.Ordinal))
        && !string.Equals(link.IdnHost, ownHost, StringComparison.OrdinalIgnoreCase)
        && !OwnPages.Contains(link.Segments.ElementAtOrDefault(1)?.TrimEnd('/').ToLowerInvariant() ?? "");

    /// <summary>The name of the business and the addresses in the text say nothing of it: a café may be called Nonstop.</summary>
    private static bool SaysHowToStop(string text, string businessName)
    {
        var name = businessName.Trim();
        var own = Address().Replace(text, " ");
        own = name.Length > 0 ? own.Replace(name, " ", StringComparison.OrdinalIgnoreCase) : own;
        return StoppingAnywhere.Any(word => own.Contains(word, StringComparison.Ordinal))
            || PolicyText.Sentences(own).Any(sentence => Stopping.IsIn(sentence.Words)
                || sentence.Words.Any(word => StoppingStems.Any(stem => word.StartsWith(stem, StringComparison.Ordinal))));
    }

    private static bool Says(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.InvariantCultureIgnoreCase));

    [GeneratedRegex(@"https?://\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
