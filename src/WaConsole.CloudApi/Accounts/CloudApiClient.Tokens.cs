using System.Text.Json;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>What a token may do and how long: for a set-up page and the support bundle.</summary>
    /// <param name="account">Its token does the asking: the same, or an app's token.</param>
    /// <param name="token">The token asked about.</param>
    /// <exception cref="CloudApiException">190: the asking token is not accepted.</exception>
    public async Task<TokenInfo> DebugTokenAsync(
        CloudApiAccount account, string token, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(account, "debug_token" + Query.Of(("input_token", token)), cancellationToken);
        return answer.RootElement.Object("data"u8) is { } data ? TokenInfo.Read(data) : throw Unreadable(SendFate.NotSent);
    }
}

/// <summary>A token without the token (developers.facebook.com, debug token, 2026).</summary>
public sealed record TokenInfo
{
    public bool IsValid { get; init; }

    public string? AppId { get; init; }

    public string? Application { get; init; }

    /// <summary>For example <c>SYSTEM_USER</c>, <c>USER</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Null: never.</summary>
    public DateTime? ExpiresUtc { get; init; }

    /// <summary>Such as <c>whatsapp_business_messaging</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Permissions and the accounts they are limited to.</summary>
    public IReadOnlyList<TokenScope> GranularScopes { get; init; } = [];

    /// <summary>Why it is not valid.</summary>
    public CloudApiError? Error { get; init; }

    internal static TokenInfo Read(JsonElement data) => new()
    {
        IsValid = data.Bool("is_valid"u8) ?? false,
        AppId = data.Text("app_id"u8),
        Application = data.Text("application"u8),
        Type = data.Text("type"u8),
        ExpiresUtc = data.Long("expires_at"u8) is > 0 ? data.UnixTime("expires_at"u8) : null,
        Scopes = [.. data.Items("scopes"u8).Select(scope => scope.AsText()).OfType<string>()],
        GranularScopes = [.. data.Items("granular_scopes"u8).Select(scope => new TokenScope(
            scope.Text("scope"u8),
            [.. scope.Items("target_ids"u8).Select(id => id.AsText()).OfType<string>()]))],
        Error = data.Object("error"u8) is { } error ? CloudApiErrorReading.Read(error) : null,
    };
}

/// <param name="TargetIds">Empty: all the app can see.</param>
public sealed record TokenScope(string? Scope, IReadOnlyList<string> TargetIds);
