namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    private const string AccountFields =
        "id,name,currency,timezone_id,country,account_review_status,business_verification_status,"
        + "is_enabled_for_insights,marketing_messages_onboarding_status,health_status";

    /// <summary>The business account's own fields and health.</summary>
    public async Task<BusinessAccountInfo> GetBusinessAccountAsync(
        CloudApiAccount account, string businessAccountId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(businessAccountId)}?fields={AccountFields}", cancellationToken);
        return AccountReading.Read(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Whether messages can go out.</summary>
    /// <param name="id">Of a number, a business account or a template.</param>
    public async Task<HealthStatus> GetHealthAsync(
        CloudApiAccount account, string id, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(account, $"{GraphId.Check(id)}?fields=health_status", cancellationToken);
        return HealthReading.Read(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>
    /// Subscribes the token's app to the account's webhooks: without it an address is verified and stays silent. Which
    /// fields come is chosen in the app's dashboard.
    /// </summary>
    /// <param name="callback">
    /// Has <c>messages</c> of this account come to an address of their own, up to 200 characters; null takes that off.
    /// </param>
    public Task SubscribeAppAsync(
        CloudApiAccount account,
        string businessAccountId,
        Uri? callback,
        string? verifyToken,
        CancellationToken cancellationToken)
    {
        var body = callback is null
            ? null
            : JsonBytes.Of(("override_callback_uri", callback.AbsoluteUri), ("verify_token", verifyToken));
        return SucceedAsync(account, $"{GraphId.Check(businessAccountId)}/subscribed_apps", body, cancellationToken);
    }

    public async Task<IReadOnlyList<SubscribedApp>> ListSubscribedAppsAsync(
        CloudApiAccount account, string businessAccountId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(businessAccountId)}/subscribed_apps", cancellationToken);
        return Page<SubscribedApp>.Read(answer.RootElement, AccountReading.ReadApp).Items;
    }

    /// <summary>Ends the webhooks of this account for the token's app.</summary>
    public Task UnsubscribeAppAsync(
        CloudApiAccount account, string businessAccountId, CancellationToken cancellationToken) =>
        DeleteAsync(account, $"{GraphId.Check(businessAccountId)}/subscribed_apps", cancellationToken);
}
