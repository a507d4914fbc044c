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

    /// <summary>
    /// Sends only while the customer's identity is still this one (<see cref="InboundMessageItem.IdentityKeyHash"/>);
    /// otherwise Meta answers 137000. Needs the identity check to be on for the number.
    /// </summary>
    public string? RecipientIdentityKeyHash { get; init; }

    /// <summary>Needed only where one number has several messaging accounts (account model, September 2026).</summary>
    public string? MessagingAccountId { get; init; }

    /// <summary>Outside the window without a template of our own; only for accounts Meta enabled for it.</summary>
    public DirectSend? DirectSend { get; init; }

    public byte[] ToUtf8() =>
        JsonSerializer.SerializeToUtf8Bytes(WireMessage.From(this), WireJson.Readable.WireMessage);

    internal byte[] ToUtf8(MarketingOptions marketing) => JsonSerializer.SerializeToUtf8Bytes(
        WireMessage.From(this) with
        {
            ProductPolicy = marketing.Strict switch { null => null, true => "STRICT", false => "CLOUD_API_FALLBACK" },
            MessageActivitySharing = marketing.ShareActivity,
            BidSpec = marketing.BidMultiplier is { } factor ? new(factor) : null,
        },
        WireJson.Readable.WireMessage);

    public string ToJson() => Encoding.UTF8.GetString(ToUtf8());

    /// <summary>Does not show whom or what.</summary>
    public override string ToString() => $"OutboundMessage {Content.Type}";
}

/// <summary>Direct Send (beta, June 2026): Meta makes the template; the body may have 1,024 characters.</summary>
/// <param name="Category"><c>utility</c>, <c>authentication</c> or <c>service</c>.</param>
/// <param name="TtlSeconds">
/// Utility 30 to 43,200, by default 30 days; authentication 30 to 900, by default 600.
/// </param>
/// <param name="TemplateName">Lower case with underscores.</param>
public sealed record DirectSend(string Category, int? TtlSeconds = null, string? TemplateName = null);

/// <param name="Strict">
/// True: refuse what the Marketing Messages API does not take; false: let it go through the Cloud API instead.
/// </param>
/// <param name="ShareActivity">Whether Meta may use the message's events to optimise delivery.</param>
/// <param name="BidMultiplier">For templates with a highest price (September 2026).</param>
public sealed record MarketingOptions(bool? Strict = null, bool? ShareActivity = null, decimal? BidMultiplier = null);
