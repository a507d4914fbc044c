using WaConsole.Core.Consent;
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
public static class WordingRules
{
    private static readonly string[] WhatsApp = ["whatsapp", "واتساب", "واتس اب", "व्हाट्सएप", "व्हाट्सऐप", "व्हाट्सअप", "ватсап", "вотсап"];

    /// <summary>How people are told to stop, in the languages this console speaks and the largest others.</summary>
    private static readonly string[] Stopping =
    [
        "stop", "unsubscribe", "opt out", "opt-out", "withdraw", "revoke", "alto", "baja", "cancelar", "parar", "retirar", "sair", "descadastr",
        "désabonn", "arrêt", "abmelden", "abbestell", "widerruf", "disiscriv", "revoc", "afmeld", "rezygn", "wypis", "iptal", "отпис", "стоп",
        "إيقاف", "توقف", "إلغاء", "रोक", "बंद", "berhenti", "batal", "停止", "退订", "取消", "解除",
    ];

    public static IReadOnlyList<WordingPart> Missing(string text, string businessName) =>
    [
        .. new (WordingPart Part, bool IsThere)[]
        {
            (WordingPart.BusinessName, businessName.Trim().Length > 0 && text.Contains(businessName.Trim(), StringComparison.OrdinalIgnoreCase)),
            (WordingPart.WhatsApp, Says(text, WhatsApp)),
            (WordingPart.HowToStop, Says(text, Stopping)),
            (WordingPart.PrivacyLink, text.Contains("https://", StringComparison.OrdinalIgnoreCase)),
        }.Where(part => !part.IsThere).Select(part => part.Part),
    ];

    internal static ShownWording Shown(string text, string language, string businessName) =>
        new(null, null, language, Secrets.HashOf(text), Missing(text, businessName).Count == 0);

    private static bool Says(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.InvariantCultureIgnoreCase));
}
