using System.Text.Json.Nodes;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>WhatsApp's own words of a sign-in code in one language.</summary>
public sealed record CodeWording(string Body, string? Footer, string? Label)
{
    /// <summary>As WhatsApp writes it in English (Meta, Authentication templates, 2025).</summary>
    public static CodeWording English(ComposedCode code) => new(
        "*{{1}}* is your verification code." + (code.AddSecurityRecommendation ? " For your security, do not share this code." : ""),
        code.ExpiresInMinutes is { } minutes ? $"This code expires in {minutes} minutes." : null,
        code.Delivery == CodeDelivery.CopyCode ? "Copy code" : "Autofill");
}

/// <param name="View">The draft as an approved template would be read.</param>
/// <param name="Values">Its samples as values.</param>
/// <param name="Shown">What the customer would see with them.</param>
public sealed record DraftPreview(TemplateView View, TemplateValues Values, MessageContent.SentTemplate Shown);

/// <summary>Pure: a draft goes the same way as a template that is sent, so that it looks as what the customer will get.</summary>
public static class PreviewDraft
{
    private const string SampleCode = "123456";

    public static DraftPreview Run(ComposedTemplate template, CodeWording? wording = null)
    {
        var view = TemplateDefinition.Read(new Template
        {
            Name = template.Name,
            Language = template.Language,
            Category = template.Category,
            Status = "APPROVED",
            ParameterFormat = template.Named ? "NAMED" : "POSITIONAL",
            ComponentsJson = Components(template, wording),
        });
        var values = ReadTemplateView.SamplesOf(view);
        return new DraftPreview(view, values, RenderTemplate.Run(view, values));
    }

    /// <summary>The files of its headers: its own, then those of its cards.</summary>
    public static IReadOnlyList<ComposedMedia> MediaOf(ComposedTemplate template) =>
        [.. template.Cards.Select(card => card.Header).Prepend(template.Header).OfType<ComposedHeader.Media>().Select(media => media.File)];

    /// <summary>The same with each file of a header replaced, in the order of <see cref="MediaOf"/>.</summary>
    public static ComposedTemplate WithMedia(ComposedTemplate template, Func<ComposedMedia, int, ComposedMedia> replace)
    {
        var index = 0;
        return template with
        {
            Header = Replaced(template.Header),
            Cards = [.. template.Cards.Select(card => card with { Header = Replaced(card.Header) })],
        };

        ComposedHeader? Replaced(ComposedHeader? header) =>
            header is ComposedHeader.Media media ? new ComposedHeader.Media(replace(media.File, index++)) : header;
    }

    /// <summary>With the words WhatsApp will write, and the button as it is read back.</summary>
    private static string Components(ComposedTemplate template, CodeWording? wording)
    {
        if (template.Code is not { } code)
        {
            return WriteComponents.Run(template);
        }

        var words = wording ?? CodeWording.English(code);
        var components = new JsonArray(new JsonObject
        {
            ["type"] = "BODY",
            ["text"] = words.Body,
            ["add_security_recommendation"] = code.AddSecurityRecommendation,
            ["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray(JsonValue.Create(SampleCode))) },
        });
        if (words.Footer is { } footer)
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["text"] = footer, ["code_expiration_minutes"] = code.ExpiresInMinutes });
        }

        var type = code.Delivery switch { CodeDelivery.OneTap => "ONE_TAP", CodeDelivery.ZeroTap => "ZERO_TAP", _ => "COPY_CODE" };
        var label = code.Delivery == CodeDelivery.CopyCode ? code.Label : code.FillInLabel;
        components.Add(new JsonObject
        {
            ["type"] = "BUTTONS",
            ["buttons"] = new JsonArray(new JsonObject
            {
                ["type"] = "URL",
                ["text"] = label is { Length: > 0 } ? label : words.Label ?? "",
                ["url"] = $"https://www.whatsapp.com/otp/code/?otp_type={type}&code=otp{{{{1}}}}",
                ["example"] = new JsonArray(JsonValue.Create($"https://www.whatsapp.com/otp/code/?otp_type={type}&code=otp{SampleCode}")),
            }),
        });
        return components.ToJsonString();
    }
}
