namespace WaConsole.Core.Window;

public enum WindowState
{
    /// <summary>The customer never wrote or called.</summary>
    Never = 0,
    Open = 1,
    Closed = 2,
}

/// <summary>What a screen needs to draw the clock. Times are UTC on WhatsApp's clock.</summary>
public sealed record WindowView(WindowState State, DateTime? ExpiresAtUtc, DateTime? EntryPointExpiresAtUtc)
{
    public static WindowView Of(DateTime? expiresAtUtc, DateTime? entryPointExpiresAtUtc, DateTime nowUtc) => new(
        ServiceWindow.StateAt(expiresAtUtc, nowUtc),
        expiresAtUtc,
        entryPointExpiresAtUtc > nowUtc ? entryPointExpiresAtUtc : null);
}

/// <summary>
/// The customer service window (Meta, Send messages, November 2025): 24 hours from the customer's last message or call, for one
/// customer and one business number. Inside it every kind of message may go, outside it only templates.
/// </summary>
public static class ServiceWindow
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    /// <summary>New replies are refused this long before the end, so that what a person sends still arrives in time.</summary>
    public static readonly TimeSpan ComposerMargin = TimeSpan.FromMinutes(1);

    /// <summary>From here on the ring is amber.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromHours(4);

    /// <summary>Our people are told this long before the end when nobody has answered: before the last hour, in which the ring is red.</summary>
    public static readonly TimeSpan ClosingNotice = TimeSpan.FromMinutes(65);

    /// <summary>When the window ends, given the newest opening event. Late or repeated webhooks never move it back.</summary>
    public static DateTime ExpiresAt(DateTime openedAtUtc) => openedAtUtc + Length;

    /// <summary>As WhatsApp sees it, at the moment of sending.</summary>
    public static bool IsOpen(DateTime? expiresAtUtc, DateTime nowUtc) => expiresAtUtc > nowUtc;

    /// <summary>As the composer and the queue see it: closed one minute early.</summary>
    public static WindowState StateAt(DateTime? expiresAtUtc, DateTime nowUtc) => expiresAtUtc switch
    {
        null => WindowState.Never,
        { } end when end - ComposerMargin > nowUtc => WindowState.Open,
        _ => WindowState.Closed,
    };
}
