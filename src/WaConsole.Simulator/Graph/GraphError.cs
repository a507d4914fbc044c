using System.Globalization;
using System.Text.Json.Nodes;

namespace WaConsole.Simulator.Graph;

/// <summary>An error as the Graph API words it, in an answer or inside a failed status.</summary>
public sealed record GraphError(int Code, string Title, int HttpStatus, string Details)
{
    /// <summary>The finer code of a management call, for example 2388024 under 100.</summary>
    public int? Subcode { get; init; }

    /// <summary>What Meta's own screens would tell a person, when it says anything.</summary>
    public string? UserTitle { get; init; }

    /// <summary>An error of <see cref="KnownErrors"/> with its usual HTTP status.</summary>
    public static GraphError Of(int code, string details) =>
        KnownErrors.All.TryGetValue(code, out var known)
            ? new GraphError(code, known.Title, known.HttpStatus, details)
            : new GraphError(code, "Something went wrong", code is >= 200 and < 300 ? 403 : 400, details);

    /// <summary>Code 100 with the subcode that tells what is wrong. Source: Meta, "Template management" and "Error codes", 2026.</summary>
    public static GraphError Under100(int subcode, string details) => Of(100, details) with
    {
        Subcode = subcode,
        UserTitle = KnownErrors.All.TryGetValue(subcode, out var known) ? known.Title : null,
    };

    /// <summary>The body of an error answer.</summary>
    public JsonObject ToAnswer()
    {
        var error = new JsonObject
        {
            ["message"] = Code == 190 ? Details : $"(#{Code.ToString(CultureInfo.InvariantCulture)}) {Title}",
            ["type"] = "OAuthException",
            ["code"] = Code,
            ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details },
            ["is_transient"] = Code is 2 or 4 or 80007 or 80008 or 131016 or 130429 or 131056 or 131057,
            ["fbtrace_id"] = "A" + Convert.ToBase64String(Guid.CreateVersion7().ToByteArray()).TrimEnd('=')
                .Replace('+', '-').Replace('/', '_'),
        };
        if (Subcode is { } subcode)
        {
            error["error_subcode"] = subcode;
            error["error_user_title"] = UserTitle ?? Title;
            error["error_user_msg"] = Details;
        }

        return new JsonObject { ["error"] = error };
    }

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
