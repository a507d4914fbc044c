using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    private const string ProfileFields = "about,address,description,email,profile_picture_url,websites,vertical";

    /// <summary>What customers see about the business.</summary>
    public async Task<BusinessProfile> GetProfileAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account,
            $"{GraphId.Check(phoneNumberId)}/whatsapp_business_profile?fields={ProfileFields}",
            cancellationToken);
        return answer.RootElement.First("data"u8) is { } profile
            ? BusinessProfile.Read(profile)
            : throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Changes what is given; the rest stays.</summary>
    public Task UpdateProfileAsync(
        CloudApiAccount account, string phoneNumberId, ProfileUpdate update, CancellationToken cancellationToken) =>
        SucceedAsync(
            account, $"{GraphId.Check(phoneNumberId)}/whatsapp_business_profile", update.ToJson(), cancellationToken);

    /// <summary>The number's short links, a page at a time.</summary>
    public async Task<Page<QrLink>> ListQrLinksAsync(
        CloudApiAccount account, string phoneNumberId, string? after, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}/message_qrdls{Query.Of(("after", after))}", cancellationToken);
        return Page<QrLink>.Read(answer.RootElement, QrLink.Read);
    }

    /// <summary>Null when there is none with this code.</summary>
    public async Task<QrLink?> GetQrLinkAsync(
        CloudApiAccount account, string phoneNumberId, string code, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}/message_qrdls/{GraphId.Check(code)}", cancellationToken);
        return answer.RootElement.First("data"u8) is { } link ? QrLink.Read(link) : null;
    }

    /// <summary>A link, and picture, that opens the chat with a text filled in. Up to 2,000 per number.</summary>
    /// <param name="message">Up to 140.</param>
    public async Task<QrLink> CreateQrLinkAsync(
        CloudApiAccount account,
        string phoneNumberId,
        string message,
        QrImage image,
        CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["prefilled_message"] = message,
            ["generate_qr_image"] = image == QrImage.Png ? "PNG" : "SVG",
        };
        using var answer = await PostAsync(
            account, $"{GraphId.Check(phoneNumberId)}/message_qrdls", body, cancellationToken);
        return QrLink.Read(answer.RootElement) ?? throw Unreadable(SendFate.MaybeSent);
    }

    /// <summary>Changes the text behind a link; the link stays.</summary>
    public async Task<QrLink> UpdateQrLinkAsync(
        CloudApiAccount account, string phoneNumberId, string code, string message, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["code"] = code, ["prefilled_message"] = message };
        using var answer = await PostAsync(
            account, $"{GraphId.Check(phoneNumberId)}/message_qrdls", body, cancellationToken);
        return QrLink.Read(answer.RootElement) ?? throw Unreadable(SendFate.MaybeSent);
    }

    public Task DeleteQrLinkAsync(
        CloudApiAccount account, string phoneNumberId, string code, CancellationToken cancellationToken) =>
        DeleteAsync(
            account, $"{GraphId.Check(phoneNumberId)}/message_qrdls/{GraphId.Check(code)}", cancellationToken);

    /// <summary>Questions and commands a chat offers.</summary>
    public async Task<ConversationalComponents> GetConversationalComponentsAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}?fields=conversational_automation", cancellationToken);
        return ConversationalComponents.Read(answer.RootElement);
    }

    /// <summary>Replaces them all.</summary>
    public Task SetConversationalComponentsAsync(
        CloudApiAccount account,
        string phoneNumberId,
        ConversationalComponents components,
        CancellationToken cancellationToken) =>
        SucceedAsync(
            account,
            $"{GraphId.Check(phoneNumberId)}/conversational_automation",
            components.ToJson(),
            cancellationToken);

    public async Task<CommerceSettings> GetCommerceSettingsAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}/whatsapp_commerce_settings", cancellationToken);
        var settings = answer.RootElement.First("data"u8);

        // Meta's defaults, for a number whose settings were never touched.
        return new(settings?.Bool("is_cart_enabled"u8) ?? true, settings?.Bool("is_catalog_visible"u8) ?? false);
    }

    public Task SetCommerceSettingsAsync(
        CloudApiAccount account, string phoneNumberId, CommerceSettings settings, CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("is_cart_enabled", settings.IsCartEnabled ? "true" : "false"),
            ("is_catalog_visible", settings.IsCatalogVisible ? "true" : "false"));
        return SucceedAsync(
            account, $"{GraphId.Check(phoneNumberId)}/whatsapp_commerce_settings{query}", body: null, cancellationToken);
    }
}
