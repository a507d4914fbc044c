using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    private const string NumberFields =
        "id,display_phone_number,verified_name,quality_rating,throughput,status,platform_type,name_status,"
        + "whatsapp_business_manager_messaging_limit";

    private const string NumberDetailFields =
        NumberFields + ",code_verification_status,account_mode,is_pin_enabled,is_official_business_account,"
        + "is_on_biz_app,new_display_name,new_name_status,last_onboarded_time,webhook_configuration,health_status";

    public async Task<NumberInfo> GetNumberAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}?fields={NumberFields}", cancellationToken);
        return NumberReading.Read(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>All numbers of an account, page after page.</summary>
    public async Task<IReadOnlyList<NumberInfo>> ListNumbersAsync(
        CloudApiAccount account, string businessAccountId, CancellationToken cancellationToken)
    {
        var numbers = new List<NumberInfo>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var query = Query.Of(("fields", NumberFields), ("limit", "100"), ("after", after));
            using var answer = await GetAsync(
                account, $"{GraphId.Check(businessAccountId)}/phone_numbers{query}", cancellationToken);
            numbers.AddRange(answer.RootElement.Items("data"u8).Select(NumberReading.Read).OfType<NumberInfo>());
            after = Paging.Next(answer.RootElement);
        }
        while (after is not null && seen.Add(after));

        return numbers;
    }

    /// <summary>Everything about one number, its webhook addresses and its health among it.</summary>
    public async Task<NumberDetails> GetNumberDetailsAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}?fields={NumberDetailFields}", cancellationToken);
        return NumberReading.ReadDetails(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Adds a number to an account; then request a code, verify it and register within 14 days.</summary>
    /// <param name="countryCallingCode">Digits, for example <c>351</c>.</param>
    /// <param name="number">The rest, digits.</param>
    /// <param name="verifiedName">The name customers will see, once approved.</param>
    /// <returns>The number's id.</returns>
    public async Task<string> AddNumberAsync(
        CloudApiAccount account,
        string businessAccountId,
        string countryCallingCode,
        string number,
        string verifiedName,
        CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["cc"] = countryCallingCode,
            ["phone_number"] = number,
            ["verified_name"] = verifiedName,
        };
        using var answer = await PostAsync(
            account, $"{GraphId.Check(businessAccountId)}/phone_numbers", body, cancellationToken);
        return answer.RootElement.Text("id"u8) ?? throw Unreadable(SendFate.MaybeSent);
    }

    /// <summary>Has WhatsApp send a six-digit code to the number.</summary>
    /// <param name="language">Of the text or the voice, for example <c>en_US</c>.</param>
    /// <exception cref="CloudApiException">136024: no code for now; 133015: wait five minutes.</exception>
    public Task RequestCodeAsync(
        CloudApiAccount account, string phoneNumberId, CodeMethod method, string language, CancellationToken cancellationToken)
    {
        var query = Query.Of(("code_method", method == CodeMethod.Voice ? "VOICE" : "SMS"), ("language", language));
        return SucceedAsync(account, $"{GraphId.Check(phoneNumberId)}/request_code{query}", body: null, cancellationToken);
    }

    /// <param name="code">Six digits; a hyphen, as the text shows it, does not matter.</param>
    public Task VerifyCodeAsync(
        CloudApiAccount account, string phoneNumberId, string code, CancellationToken cancellationToken)
    {
        var query = Query.Of(("code", string.Concat(code.Where(char.IsAsciiDigit))));
        return SucceedAsync(account, $"{GraphId.Check(phoneNumberId)}/verify_code{query}", body: null, cancellationToken);
    }

    /// <summary>
    /// Makes a number send and receive. May take more than 15 seconds; at most ten calls in 72 hours together with
    /// <see cref="DeregisterAsync"/> (133016). After a time-out look at
    /// <see cref="NumberInfo.PlatformType"/> before trying again.
    /// </summary>
    /// <param name="pin">Six digits: the number's two-step PIN, or the one it shall have.</param>
    /// <param name="dataRegion">For local storage, for example <c>DE</c>.</param>
    /// <exception cref="CloudApiException">133005: wrong PIN; 133006: verify first.</exception>
    public Task RegisterAsync(
        CloudApiAccount account, string phoneNumberId, string pin, string? dataRegion, CancellationToken cancellationToken)
    {
        var body = JsonBytes.Of(
            ("messaging_product", "whatsapp"), ("pin", pin), ("data_localization_region", dataRegion));
        var call = Change(HttpMethod.Post, $"{GraphId.Check(phoneNumberId)}/register", body);
        return SucceedAsync(account, call with { Limit = options.RegisterTimeout }, cancellationToken);
    }

    /// <summary>Takes a number off the Cloud API. Not for numbers that live in the WhatsApp Business app too.</summary>
    public Task DeregisterAsync(CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        var call = Change(HttpMethod.Post, $"{GraphId.Check(phoneNumberId)}/deregister", body: null);
        return SucceedAsync(account, call with { Limit = options.RegisterTimeout }, cancellationToken);
    }

    /// <summary>Sets or replaces the two-step PIN; the old one is not asked for.</summary>
    /// <param name="pin">Six digits.</param>
    public Task SetPinAsync(
        CloudApiAccount account, string phoneNumberId, string pin, CancellationToken cancellationToken) =>
        SucceedAsync(account, GraphId.Check(phoneNumberId), new JsonObject { ["pin"] = pin }, cancellationToken);

    /// <summary>Asks for another display name; the decision comes as a webhook, then register again.</summary>
    public Task RequestDisplayNameAsync(
        CloudApiAccount account, string phoneNumberId, string name, CancellationToken cancellationToken) =>
        SucceedAsync(
            account,
            GraphId.Check(phoneNumberId) + Query.Of(("new_display_name", name)),
            body: null,
            cancellationToken);

    /// <summary>Has messages of one number come to an address of their own, or again to the account's.</summary>
    /// <param name="callback">Up to 200 characters; null takes the override off.</param>
    public Task SetNumberWebhookAsync(
        CloudApiAccount account,
        string phoneNumberId,
        Uri? callback,
        string? verifyToken,
        CancellationToken cancellationToken)
    {
        var configuration = JsonBytes.Of(
            ("override_callback_uri", callback?.AbsoluteUri ?? ""), ("verify_token", verifyToken));
        var body = new JsonObject { ["webhook_configuration"] = configuration };
        return SucceedAsync(account, GraphId.Check(phoneNumberId), body, cancellationToken);
    }

    /// <summary>
    /// Whether customers' identity hashes come with their messages and may be asked for when sending
    /// (<see cref="OutboundMessage.RecipientIdentityKeyHash"/>).
    /// </summary>
    public Task SetIdentityCheckAsync(
        CloudApiAccount account, string phoneNumberId, bool enabled, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["user_identity_change"] = new JsonObject { ["enable_identity_key_check"] = enabled },
        };
        return SucceedAsync(account, $"{GraphId.Check(phoneNumberId)}/settings", body, cancellationToken);
    }
}
