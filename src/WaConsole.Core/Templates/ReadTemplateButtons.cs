using System.Globalization;
using System.Text.Json;
using WaConsole.Core.Conversations;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Templates;

/// <summary>Pure: the buttons of a template or of a card, and what a send gives each of them.</summary>
internal static class ReadTemplateButtons
{
    private const int PayloadLimit = 256;
    private const int CallPayloadLimit = 512;
    private const int TokenLimit = 200;
    private const int ProductLimit = 100;
    private const int JsonLimit = 8000;
    private const int MinutesLimit = 5;

    public static void Run(JsonElement component, bool authentication, TemplateParts parts)
    {
        if (!component.TryGetProperty("buttons", out var buttons) || buttons.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var index = 0;
        foreach (var button in buttons.EnumerateArray())
        {
            var text = TemplateJson.Text(button, "text") ?? "";
            var target = TemplateJson.Text(button, "url") ?? TemplateJson.Text(button, "phone_number");

            // WhatsApp lists the code button of an authentication template as a plain link (Meta, Authentication templates, 2026).
            var kind = TemplateJson.Word(button, "type") is var word && authentication && word == "URL" ? "OTP" : word;
            parts.Buttons.Add(new TemplateButton(kind, text, kind == "OTP" ? null : target));
            AddFields(button, kind, text, target, string.Create(CultureInfo.InvariantCulture, $"button.{index}"), parts);
            index++;
        }
    }

    private static void AddFields(JsonElement button, string kind, string text, string? target, string key, TemplateParts parts)
    {
        switch (kind)
        {
            case "QUICK_REPLY":
                parts.Fields.Add(Optional(key, TemplateFieldKind.Payload, "FieldPayload", text, PayloadLimit));
                break;
            case "URL" when target is not null && TemplateDefinition.Variables(target).Count > 0:
                var fixedPart = TemplateDefinition.WithoutVariables(target);
                parts.Fields.Add(new TemplateField(
                    key, TemplateFieldKind.UrlSuffix, Texts.Templates.Of("FieldUrl", text),
                    Suffix(TemplateJson.FirstExample(button), fixedPart), Math.Max(0, TemplateDefinition.UrlLimit - fixedPart.Length)));
                break;
            case "COPY_CODE":
                parts.Fields.Add(new TemplateField(
                    key, TemplateFieldKind.CopyCode, Texts.Templates.Of("FieldCode"), TemplateJson.FirstExample(button), TemplateDefinition.CouponLimit));
                break;
            case "FLOW":
                parts.Fields.Add(Optional(key + ".token", TemplateFieldKind.Payload, "FieldFlowToken", text, TokenLimit));
                parts.Fields.Add(Optional(key + ".data", TemplateFieldKind.FormData, "FieldFlowData", text, JsonLimit));
                break;
            case "CATALOG":
                parts.Fields.Add(Optional(key, TemplateFieldKind.Product, "FieldThumbnail", text, ProductLimit));
                break;
            case "MPM":
                parts.Fields.Add(new TemplateField("products", TemplateFieldKind.Products, Texts.Templates.Of("FieldProducts"), null, ProductLimit));
                break;
            case "VOICE_CALL":
                parts.Fields.Add(Optional(key + ".minutes", TemplateFieldKind.Minutes, "FieldMinutes", text, MinutesLimit));
                parts.Fields.Add(Optional(key, TemplateFieldKind.Payload, "FieldPayload", text, CallPayloadLimit));
                break;
            case "ORDER_DETAILS":
                parts.Fields.Add(new TemplateField(key, TemplateFieldKind.OrderDetails, Texts.Templates.Of("FieldOrder"), null, JsonLimit));
                break;
            case "URL" or "PHONE_NUMBER" or "REQUEST_CONTACT_INFO" or "SPM" or "OTP":
                break;
            default:
                parts.Because ??= Texts.Templates.Keep("PartOther", kind);
                break;
        }
    }

    private static TemplateField Optional(string key, TemplateFieldKind kind, string label, string text, int maxLength) =>
        new(key, kind, Texts.Templates.Of(label, text), null, maxLength, Required: false);

    private static string? Suffix(string? sample, string fixedPart) =>
        sample is not null && sample.StartsWith(fixedPart, StringComparison.Ordinal) ? sample[fixedPart.Length..] : sample;
}
