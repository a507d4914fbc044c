namespace WaConsole.CloudApi;

/// <summary>Where and as whom to call. Given with every call, so one program can serve several accounts.</summary>
/// <param name="GraphBaseAddress">Scheme, host and port, normally <c>https://graph.facebook.com</c>.</param>
/// <param name="ApiVersion">For example <c>v26.0</c>.</param>
/// <param name="AccessToken">Sent as a bearer token, and only to hosts that <see cref="TokenRules"/> allows.</param>
public sealed record CloudApiAccount(Uri GraphBaseAddress, string ApiVersion, string AccessToken)
{
    /// <summary>
    /// Takes the place of the limit that <see cref="CloudApiOptions"/> sets for the kind of call:
    /// <c>account with { TimeLimit = TimeSpan.FromSeconds(5) }</c> for one call in a hurry.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Archiving lives on a host of its own beside Meta's Graph; a simulator or a gateway serves both
    /// (template reference, v26, 2026).
    /// </summary>
    internal Uri ApiBaseAddress => TokenRules.IsMetaGraph(GraphBaseAddress) ? TokenRules.Api : GraphBaseAddress;

    /// <summary>Never shows the token: accounts end up in logs and exception dumps.</summary>
    public override string ToString() => $"CloudApiAccount {GraphBaseAddress.Host} {ApiVersion} token ***";
}
