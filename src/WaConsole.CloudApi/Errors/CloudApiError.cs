namespace WaConsole.CloudApi;

/// <summary>
/// One error as Meta reports it, whether as the answer to a call or inside a webhook: the same codes come both ways.
/// Decide on <see cref="Code"/>, never on texts (developers.facebook.com, error codes, September 2026).
/// </summary>
/// <param name="Code">Meta's code, or <see cref="NoCode"/> when the answer carried none.</param>
/// <param name="Subcode">Deprecated by Meta since v16, kept for support cases.</param>
/// <param name="Title">Title of a webhook error, or the title meant for users of a call's error.</param>
/// <param name="Type">For example <c>OAuthException</c>; only in answers to calls.</param>
/// <param name="Message">Meta's text; may quote what was sent, so do not log it.</param>
/// <param name="Details">Meta's most useful text (<c>error_data.details</c>); do not log it.</param>
/// <param name="FbTraceId">What Meta's support asks for; only in answers to calls.</param>
/// <param name="HttpStatus">Null in webhooks and when no answer arrived.</param>
/// <param name="IsTransient">Meta's own hint that trying again may help.</param>
public sealed record CloudApiError(
    int Code,
    int? Subcode = null,
    string? Title = null,
    string? Type = null,
    string? Message = null,
    string? Details = null,
    string? FbTraceId = null,
    int? HttpStatus = null,
    bool IsTransient = false)
{
    /// <summary>No code was given. Zero is a real code (authentication), so it cannot stand for none.</summary>
    public const int NoCode = -1;

    /// <summary>Safe to log: codes and trace only.</summary>
    public override string ToString() =>
        $"code {Code}, HTTP {HttpStatus?.ToString() ?? "none"}, trace {FbTraceId ?? "none"}";
}
