using System.Collections.Immutable;

namespace WaConsole.Simulator.World;

/// <summary>The one access token: what it may do and until when. Replaced as a whole.</summary>
internal sealed class TokenState(string token)
{
    public const string Messaging = "whatsapp_business_messaging";
    public const string Management = "whatsapp_business_management";

    private static readonly ImmutableArray<string> AllScopes =
        [Messaging, Management, "business_management", "catalog_management"];

    private State _state = new(AllScopes, null);

    public string Token { get; } = token;
    public ImmutableArray<string> Scopes => Volatile.Read(ref _state).Scopes;
    public DateTimeOffset? ExpiresAt => Volatile.Read(ref _state).ExpiresAt;

    public bool Allows(string scope) => Scopes.Contains(scope);

    public void Change(IEnumerable<string>? scopes, DateTimeOffset? expiresAt) =>
        Volatile.Write(ref _state, new State(scopes is null ? Scopes : [.. scopes], expiresAt));

    public void Reset() => Volatile.Write(ref _state, new State(AllScopes, null));

    private sealed record State(ImmutableArray<string> Scopes, DateTimeOffset? ExpiresAt);
}
