using System.Globalization;
using System.Text.Json.Nodes;

namespace WaConsole.Simulator.Graph;

/// <summary>An error as the Graph API words it, in an answer or inside a failed status.</summary>
public sealed record GraphError(int Code, string Title, int HttpStatus, string Details)
{
    /// <summary>An error of the table below with its usual HTTP status. Source: Meta, "Error codes", 11 September 2026.</summary>
    public static GraphError Of(int code, string details) =>
        Known.TryGetValue(code, out var known)
            ? new GraphError(code, known.Title, known.HttpStatus, details)
            : new GraphError(code, "Something went wrong", 400, details);

    private static readonly Dictionary<int, (string Title, int HttpStatus)> Known = new()
    {
        [1] = ("API Unknown", 400),
        [2] = ("API Service", 503),
        [4] = ("Application request limit reached", 429),
        [33] = ("Parameter value is not valid", 400),
        [100] = ("Invalid parameter", 400),
        [190] = ("Access token has expired", 401),
        [130429] = ("Rate limit hit", 400),
        [130472] = ("User's number is part of an experiment", 400),
        [131000] = ("Something went wrong", 500),
        [131008] = ("Required parameter is missing", 400),
        [131009] = ("Parameter value is not valid", 400),
        [131016] = ("Service unavailable", 503),
        [131021] = ("Recipient cannot be sender", 400),
        [131026] = ("Message undeliverable", 400),
        [131042] = ("Business eligibility payment issue", 400),
        [131047] = ("Re-engagement message", 400),
        [131049] = ("This message was not delivered to maintain healthy ecosystem engagement", 400),
        [131050] = ("User has stopped receipt of marketing messages", 400),
        [131051] = ("Unsupported message type", 400),
        [131052] = ("Media download error", 400),
        [131053] = ("Media upload error", 400),
        [131056] = ("(Business Account, Consumer Account) pair rate limit hit", 400),
        [131059] = ("Invalid cursor", 400),
        [131062] = ("BSUID recipients are not supported for this message", 400),
        [132000] = ("Number of parameters does not match the expected number of params", 400),
        [132001] = ("Template name does not exist in the translation", 404),
        [132005] = ("Translated text too long", 400),
        [132012] = ("Parameter format does not match format in the created template", 400),
        [132015] = ("Template is paused", 400),
        [132016] = ("Template is disabled", 400),
        [132018] = ("Template validation error", 400),
        [133005] = ("Two step verification PIN mismatch", 400),
        [133010] = ("Phone number not registered", 400),
    };

    /// <summary>The body of an error answer.</summary>
    public JsonObject ToAnswer() => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = Code == 190 ? Details : $"(#{Code.ToString(CultureInfo.InvariantCulture)}) {Title}",
            ["type"] = "OAuthException",
            ["code"] = Code,
            ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details },
            ["is_transient"] = Code is 2 or 4 or 131016 or 130429 or 131056,
            ["fbtrace_id"] = "A" + Convert.ToBase64String(Guid.CreateVersion7().ToByteArray()).TrimEnd('=')
                .Replace('+', '-').Replace('/', '_'),
        },
    };

    /// <summary>The item of <c>errors[]</c> in a webhook.</summary>
    public JsonObject ToWebhook() => new()
    {
        ["code"] = Code,
        ["title"] = Title,
        ["message"] = Title,
        ["error_data"] = new JsonObject { ["details"] = Details },
        ["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    };
}
