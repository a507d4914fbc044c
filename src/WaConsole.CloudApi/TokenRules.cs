namespace WaConsole.CloudApi;

/// <summary>
/// Which addresses may see the access token. Media addresses come out of webhooks and answers, so an attacker who
/// could put one there would otherwise be handed the token.
/// </summary>
public static class TokenRules
{
    /// <summary>Meta's code for a token it does not accept; also used where one cannot even be sent.</summary>
    internal const int InvalidTokenCode = 190;

    private const string GraphHost = "graph.facebook.com";
    private const string ApiHost = "api.facebook.com";
    private const string MediaHost = "lookaside.fbsbx.com";

    internal static Uri Api { get; } = new($"https://{ApiHost}");

    /// <summary>
    /// True for the account's own Graph address and, over https, for Meta's second API host and WhatsApp's media host.
    /// When Graph is a loopback
    /// address (a simulator), the same host on any port, http included, may serve the media.
    /// </summary>
    public static bool MayCarryToken(Uri graph, Uri target)
    {
        if (!target.IsAbsoluteUri || target.UserInfo.Length > 0 || !IsWeb(target))
        {
            return false;
        }

        var sameHost = string.Equals(graph.IdnHost, target.IdnHost, StringComparison.OrdinalIgnoreCase);
        if (sameHost && (graph.IsLoopback || (graph.Scheme == target.Scheme && graph.Port == target.Port)))
        {
            return true;
        }

        return target.Scheme == Uri.UriSchemeHttps
            && target.IsDefaultPort
            && (Is(target, MediaHost) || Is(target, ApiHost));
    }

    internal static bool IsMetaGraph(Uri graph) => Is(graph, GraphHost);

    /// <summary>
    /// A token is visible ASCII. One with a line break, pasted or planted, would write headers of its own.
    /// </summary>
    internal static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsWeb(Uri target) => target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp;

    private static bool Is(Uri address, string host) =>
        string.Equals(address.IdnHost, host, StringComparison.OrdinalIgnoreCase);
}
