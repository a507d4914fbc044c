namespace WaConsole.CloudApi;

/// <param name="Id">Good for seven days; may be missing.</param>
/// <param name="MimeType">As declared, parameters included; do not trust it.</param>
/// <param name="Sha256">Base64 or hex; see <see cref="MediaHash"/>.</param>
/// <param name="FileName">Chosen by the sender: hostile.</param>
/// <param name="Voice">Recorded in the chat.</param>
/// <param name="Animated">Stickers.</param>
/// <param name="Url">Ready address, good for five minutes; often missing.</param>
public sealed record MessageMedia(
    string? Id,
    string? MimeType,
    string? Sha256,
    string? FileName,
    bool Voice,
    bool Animated,
    string? Url,
    string? Caption);

public sealed record MessageLocation(double Latitude, double Longitude, string? Name, string? Address, string? Url);

/// <param name="Emoji">Null: the reaction was taken back.</param>
public sealed record MessageReaction(string TargetWamid, string? Emoji);

/// <param name="QuotedWamid">The message replied to.</param>
/// <param name="QuotedFrom">Who sent the quoted message.</param>
/// <param name="Forwarded">Passed on, up to five times.</param>
/// <param name="FrequentlyForwarded">Passed on more than five times.</param>
public sealed record MessageContext(
    string? QuotedWamid,
    string? QuotedFrom,
    bool Forwarded,
    bool FrequentlyForwarded,
    ReferredProduct? ReferredProduct);

public sealed record ReferredProduct(string? CatalogId, string? ProductRetailerId);

/// <param name="Kind">
/// <c>button_reply</c>, <c>list_reply</c>, <c>nfm_reply</c>, <c>call_permission_reply</c> or newer.
/// </param>
/// <param name="Title">Label pressed; for a form, WhatsApp's own text.</param>
/// <param name="ResponseJson">
/// What a form returned (JSON in a text), or the raw object of a kind without id and title.
/// </param>
public sealed record InteractiveReply(
    string Kind,
    string? Id,
    string? Title,
    string? Description,
    string? ResponseJson)
{
    public CallPermission? CallPermission { get; init; }
}

/// <summary>Whether we may call the customer.</summary>
/// <param name="ExpiresUtc">Null when permanent.</param>
/// <param name="Source"><c>user_action</c> or <c>automatic</c>.</param>
public sealed record CallPermission(bool Accepted, bool IsPermanent, DateTime? ExpiresUtc, string? Source);

/// <summary>A quick reply of a template was pressed.</summary>
public sealed record ButtonReply(string? Payload, string? Text);

/// <param name="Type">For example <c>user_changed_number</c>, <c>user_changed_user_id</c>.</param>
/// <param name="NewWaId">
/// New number, digits only. The old one may be given to somebody else: do not merge blindly.
/// </param>
/// <param name="IdentityHash">For a changed identity.</param>
public sealed record SystemNotice(
    string? Type,
    string? Body,
    string? NewWaId,
    string? NewUserId,
    string? NewParentUserId,
    string? IdentityHash)
{
    public DateTime? IdentityChangedUtc { get; init; }
}

/// <param name="NewType">Kind of the new content.</param>
/// <param name="NewText">New text or caption.</param>
/// <param name="ContentJson">The new content, raw.</param>
public sealed record MessageEdit(string OriginalWamid, string? NewType, string? NewText, string? ContentJson)
{
    public MessageMedia? NewMedia { get; init; }
}
