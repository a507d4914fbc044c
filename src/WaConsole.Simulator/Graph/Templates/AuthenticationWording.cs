using System.Globalization;
using System.Text.Json;
using WaConsole.Simulator.Graph.Sending;

namespace WaConsole.Simulator.Graph.Templates;

/// <summary>The fixed words of authentication templates.</summary>
internal static class AuthenticationWording
{
    /// <returns>What WhatsApp writes into this part of a sign-in code's template, null where it writes nothing.</returns>
    public static string? Of(JsonElement component, string language) => TemplateRules.Type(component) switch
    {
        "body" => Body(SendChecks.Member(component, "add_security_recommendation").ValueKind == JsonValueKind.True, language),
        "footer" when SendChecks.Member(component, "code_expiration_minutes") is { ValueKind: JsonValueKind.Number } minutes => Footer(minutes.GetInt32(), language),
        _ => null,
    };

    /// <summary>WhatsApp has its words in every language; here in a few, the others read English.</summary>
    public static string Body(bool withWarning, string language) => language.Split('_', '-')[0] switch
    {
        "es" => "Tu código de verificación es *{{1}}*." + (withWarning ? " Por tu seguridad, no lo compartas." : ""),
        "pt" => "Seu código de verificação é *{{1}}*." + (withWarning ? " Para sua segurança, não o compartilhe." : ""),
        "de" => "*{{1}}* ist dein Verifizierungscode." + (withWarning ? " Teile ihn zu deiner Sicherheit mit niemandem." : ""),
        _ => "*{{1}}* is your verification code." + (withWarning ? " For your security, do not share this code." : ""),
    };

    public static string Footer(int minutes, string language)
    {
        var number = minutes.ToString(CultureInfo.InvariantCulture);
        return language.Split('_', '-')[0] switch
        {
            "es" => $"Este código caduca en {number} minutos.",
            "pt" => $"Este código expira em {number} minutos.",
            "de" => $"Dieser Code läuft in {number} Minuten ab.",
            _ => $"This code expires in {number} minutes.",
        };
    }

    public static string Button(string language) => language.Split('_', '-')[0] switch
    {
        "es" => "Copiar código",
        "pt" => "Copiar código",
        "de" => "Code kopieren",
        _ => "Copy code",
    };
}
