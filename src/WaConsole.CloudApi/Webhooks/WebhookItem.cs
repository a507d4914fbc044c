namespace WaConsole.CloudApi;

/// <summary>
/// One thing a webhook reports. A body holds up to a thousand of them, over several entries and changes. Unknown kinds
/// and values are kept, never refused.
/// </summary>
public abstract record WebhookItem
{
    /// <summary>Running number within the body, from 0; the same body always numbers the same way.</summary>
    public int Index { get; init; }

    /// <summary>
    /// <c>entry.id</c>: the business account (for some partner events, the portfolio). Empty when missing.
    /// </summary>
    public string BusinessAccountId { get; init; } = "";

    /// <summary>The subscribed field, for example <c>messages</c>. Empty when missing.</summary>
    public string Field { get; init; } = "";

    public string? PhoneNumberId { get; init; }

    public string? DisplayPhoneNumber { get; init; }

    /// <summary>
    /// Where in the change's value the item stands: the property's name, with a dot for one inside another
    /// (<c>standby.messages</c>); null when it is the whole value.
    /// </summary>
    public string? Part { get; init; }

    /// <summary>The item is one of the list that stands there.</summary>
    public bool IsListed { get; init; }

    /// <summary>
    /// This item as received. Where a contact belongs to it, an object with the item under its singular name
    /// (<c>message</c>, <c>status</c>) and the contact under <c>contact</c>.
    /// </summary>
    public string RawJson { get; init; } = "";

    /// <summary><c>entry.time</c>, UTC; often missing on messages.</summary>
    public DateTime? EntryTime { get; init; }

    /// <summary>Shows kind and place only: items hold what customers wrote.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Index} of {Field}";

    /// <summary>An item that lacks what every use of it needs. Its neighbours are not affected.</summary>
    /// <param name="Reason">For administrators; holds nothing of the item's content.</param>
    public sealed record Unreadable(string Reason) : WebhookItem;
}

/// <summary>Anything without a type of its own yet: another field, or another list within a known one.</summary>
/// <remarks><see cref="WebhookItem.Part"/> tells which property of the value it is; null is the whole value.</remarks>
public sealed record OtherItem : WebhookItem;
