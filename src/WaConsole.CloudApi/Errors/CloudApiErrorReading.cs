using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>Reads Meta's two error forms: the answer to a call, and an item of a webhook's <c>errors</c>.</summary>
internal static class CloudApiErrorReading
{
    public static CloudApiError FromAnswer(byte[] body, int httpStatus)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadableBytes.MakeReadable(body));
            return document.RootElement.Object("error"u8) is { } error
                ? Read(error) with { HttpStatus = httpStatus }
                : new CloudApiError(CloudApiError.NoCode, HttpStatus: httpStatus);
        }
        catch (JsonException)
        {
            // Gateways in front of Graph answer in HTML.
            return new CloudApiError(CloudApiError.NoCode, HttpStatus: httpStatus);
        }
    }

    public static IReadOnlyList<CloudApiError> FromWebhook(JsonElement owner)
    {
        List<CloudApiError>? errors = null;
        foreach (var item in owner.Items("errors"u8))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                (errors ??= []).Add(Read(item));
            }
        }

        return errors ?? (IReadOnlyList<CloudApiError>)[];
    }

    public static CloudApiError Read(JsonElement error) => new(
        error.Int("code"u8) ?? CloudApiError.NoCode,
        error.Int("error_subcode"u8),
        error.Text("title"u8) ?? error.Text("error_user_title"u8),
        error.Text("type"u8),
        error.Text("message"u8),
        error.Object("error_data"u8)?.Text("details"u8) ?? error.Text("error_user_msg"u8),
        error.Text("fbtrace_id"u8),
        IsTransient: error.Bool("is_transient"u8) ?? false);
}
