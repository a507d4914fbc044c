using System.Text;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>One message to send, and the exact bytes of its request.</summary>
public sealed record OutboundMessage(Recipient To, OutboundContent Content)
{
    private const int CallbackDataLimit = 512;

    /// <summary>Makes it a quoted reply. WhatsApp ignores it for reactions, so it is left out there.</summary>
    public string? ReplyToWamid { get; init; }

    /// <summary>
    /// Comes back in every status of this message, at most 512 characters. Put your own id here: it is the only way to
    /// learn what became of a send whose answer was lost.
    /// </summary>
    public string? CallbackData
    {
        get;
        init => field = value is null || value.Length <= CallbackDataLimit
            ? value
            : throw new ArgumentException($"At most {CallbackDataLimit} characters come back.", nameof(value));
    }

    public byte[] ToUtf8() =>
        JsonSerializer.SerializeToUtf8Bytes(WireMessage.From(this), WireJson.Readable.WireMessage);

    public string ToJson() => Encoding.UTF8.GetString(ToUtf8());

    /// <summary>Does not show whom or what.</summary>
    public override string ToString() => $"OutboundMessage {Content.Type}";
}
