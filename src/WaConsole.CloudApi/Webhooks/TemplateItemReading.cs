using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class TemplateItemReading
{
    /// <summary>
    /// Meta's sample of a quality change carries the name of the status field, so the content decides.
    /// </summary>
    public static WebhookItem StatusOrQuality(ItemPlace place, JsonElement value) =>
        value.Text("message_template_id"u8) is not { Length: > 0 } id
            ? place.Unreadable("The template news has no template id.", value)
            : value.Text("new_quality_score"u8) is { } score
                ? Quality(place, value, id, score)
                : Status(place, value, id);

    public static WebhookItem Category(ItemPlace place, JsonElement value) =>
        value.Text("message_template_id"u8) is not { Length: > 0 } id
            ? place.Unreadable("The template news has no template id.", value)
            : place.Put(
                new TemplateCategoryItem
                {
                    TemplateId = id,
                    Name = value.Text("message_template_name"u8),
                    Language = LanguageOf(value),
                    PreviousCategory = value.Text("previous_category"u8),
                    NewCategory = value.Text("new_category"u8),
                    CorrectCategory = value.Text("correct_category"u8),
                    UpdateTimestampUtc = value.UnixTime("category_update_timestamp"u8),
                },
                value.GetRawText());

    public static WebhookItem Components(ItemPlace place, JsonElement value)
    {
        if (value.Text("message_template_id"u8) is not { Length: > 0 } id)
        {
            return place.Unreadable("The template news has no template id.", value);
        }

        var buttons = new List<TemplateButtonChange>();
        foreach (var button in value.Items("message_template_buttons"u8))
        {
            buttons.Add(new(
                button.Text("message_template_button_type"u8),
                button.Text("message_template_button_text"u8),
                button.Text("message_template_button_url"u8),
                button.Text("message_template_button_phone_number"u8)));
        }

        var item = new TemplateComponentsItem
        {
            TemplateId = id,
            Name = value.Text("message_template_name"u8),
            Language = LanguageOf(value),
            Header = value.Text("message_template_title"u8),
            Body = value.Text("message_template_element"u8),
            Footer = value.Text("message_template_footer"u8),
            Buttons = buttons,
        };
        return place.Put(item, value.GetRawText());
    }

    public static WebhookItem Miscategorised(ItemPlace place, JsonElement value) =>
        value.Text("message_template_id"u8) is not { Length: > 0 } id
            ? place.Unreadable("The template news has no template id.", value)
            : place.Put(
                new TemplateMiscategorisedItem
                {
                    TemplateId = id,
                    Name = value.Text("message_template_name"u8),
                    Language = LanguageOf(value),
                    Category = value.Text("category"u8),
                    CorrectCategory = value.Text("correct_category"u8),
                },
                value.GetRawText());

    private static WebhookItem Quality(ItemPlace place, JsonElement value, string id, string score) => place.Put(
        new TemplateQualityItem
        {
            TemplateId = id,
            Name = value.Text("message_template_name"u8),
            Language = LanguageOf(value),
            PreviousScore = value.Text("previous_quality_score"u8),
            NewScore = score,
        },
        value.GetRawText());

    private static WebhookItem Status(ItemPlace place, JsonElement value, string id)
    {
        if (value.Text("event"u8) is not { Length: > 0 } happened)
        {
            return place.Unreadable("The template news does not say what happened.", value);
        }

        var rejection = value.Object("rejection_info"u8);
        var info = value.Object("other_info"u8);
        var item = new TemplateStatusItem
        {
            TemplateId = id,
            Name = value.Text("message_template_name"u8),
            Language = LanguageOf(value),
            Event = happened,
            Category = value.Text("message_template_category"u8),
            Reason = value.Text("reason"u8),
            RejectionReason = rejection?.Text("reason"u8),
            Recommendation = rejection?.Text("recommendation"u8),
            DisableDateUtc = value.Object("disable_info"u8)?.UnixTime("disable_date"u8),
            InfoTitle = info?.Text("title"u8),
            InfoDescription = info?.Text("description"u8),
        };
        return place.Put(item, value.GetRawText());
    }

    private static string? LanguageOf(JsonElement value) =>
        value.Text("message_template_language"u8)?.Replace('-', '_');
}
