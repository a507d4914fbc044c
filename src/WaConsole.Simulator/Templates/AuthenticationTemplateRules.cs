using System.Text.Json;
using System.Text.RegularExpressions;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Graph.Sending;

namespace WaConsole.Simulator.Templates;

/// <summary>Authentication templates: fixed words and exactly one OTP button. Source: Meta, "Authentication templates", 2025.</summary>
internal static partial class AuthenticationTemplateRules
{
    public static void Check(List<JsonElement> parts, SendChecks checks)
    {
        foreach (var part in parts)
        {
            switch (TemplateRules.Type(part))
            {
                case "body":
                    if (TemplateRules.Words(part).Length > 0)
                    {
                        checks.Refuse(GraphError.Under100(2388072, "The body of an authentication template is fixed; leave text out."));
                    }

                    checks.Flag(part, "add_security_recommendation", "components");
                    break;
                case "footer":
                    var minutes = SendChecks.Member(part, "code_expiration_minutes");
                    if (TemplateRules.Words(part).Length > 0
                        || !(minutes.ValueKind == JsonValueKind.Number && minutes.TryGetInt32(out var count) && count is >= 1 and <= 90))
                    {
                        checks.Refuse(GraphError.Under100(2388073, "The footer takes code_expiration_minutes, 1 to 90, and nothing else."));
                    }

                    break;
                case "buttons":
                    Buttons(part, checks);
                    break;
                default:
                    checks.Refuse(100, "An authentication template takes BODY, FOOTER and BUTTONS.");
                    break;
            }
        }

        if (!parts.Exists(part => TemplateRules.Type(part) == "buttons"))
        {
            checks.Refuse(100, "An authentication template needs one OTP button.");
        }
    }

    private static void Buttons(JsonElement part, SendChecks checks)
    {
        List<JsonElement> buttons = [.. SendChecks.Items(part, "buttons")];
        if (buttons.Count != 1 || TemplateRules.Type(buttons[0]) != "otp")
        {
            checks.Refuse(100, "An authentication template has exactly one OTP button.");
            return;
        }

        var type = SendChecks.Member(buttons[0], "otp_type").ToString().ToUpperInvariant();
        if (type is not ("COPY_CODE" or "ONE_TAP" or "ZERO_TAP"))
        {
            checks.Refuse(100, "Param otp_type must be COPY_CODE, ONE_TAP or ZERO_TAP.");
        }

        foreach (var name in (string[])["text", "autofill_text"])
        {
            checks.Text(buttons[0], name, "buttons", 25, required: false);
            var label = SendChecks.Member(buttons[0], name).ToString();
            if (label.Contains("://", StringComparison.Ordinal) || label.EnumerateRunes().Any(rune => rune.Value is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF)))
            {
                checks.Refuse(100, $"Param {name} takes no links and no emoji.");
            }
        }

        if (type is "ONE_TAP" or "ZERO_TAP")
        {
            Apps(buttons[0], checks);
        }

        if (type == "ZERO_TAP" && SendChecks.Member(buttons[0], "zero_tap_terms_accepted").ValueKind != JsonValueKind.True)
        {
            checks.Refuse(100, "Param zero_tap_terms_accepted must be true.");
        }
    }

    private static void Apps(JsonElement button, SendChecks checks)
    {
        List<JsonElement> apps = [.. SendChecks.Items(button, "supported_apps")];
        if (apps.Count is 0 or > 5)
        {
            checks.Refuse(100, "Param supported_apps holds 1 to 5 apps.");
        }

        foreach (var app in apps)
        {
            if (SendChecks.Member(app, "package_name").ToString() is not { Length: <= 224 } package || !Package().IsMatch(package)
                || !Signature().IsMatch(SendChecks.Member(app, "signature_hash").ToString()))
            {
                checks.Refuse(100, "An app needs a package_name and a signature_hash of eleven characters.");
            }
        }
    }

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9_]*(\.[a-zA-Z][a-zA-Z0-9_]*)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Package();

    [GeneratedRegex("^[a-zA-Z0-9+/=]{11}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Signature();
}
