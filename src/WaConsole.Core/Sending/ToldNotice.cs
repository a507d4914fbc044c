namespace WaConsole.Core.Sending;

/// <summary>
/// That a person was told something: a template of ours that was queued, or what another channel reported. Kept as long as a rule of the
/// gate may ask for it. By this nobody is told the same twice, and nobody gets more marketing than they should.
/// </summary>
internal sealed class ToldNotice
{
    /// <summary>As far back as settings can reach, and a day.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(GateSettingsValidator.MostDays + 1);

    public long Id { get; set; }

    public long ContactId { get; set; }

    public long BusinessAccountId { get; set; }

    /// <summary>See <see cref="NoticeFingerprint"/>.</summary>
    public string Fingerprint { get; set; } = "";

    public bool IsMarketing { get; set; }

    public DateTime AtUtc { get; set; }

    /// <summary>What the other channel calls itself ("e-mail"); null for a message of ours.</summary>
    public string? Channel { get; set; }

    /// <summary>Ours: told unless it failed.</summary>
    public long? MessageId { get; set; }

    public Conversations.Message? Message { get; set; }

    /// <summary>A person chose to send it once more, knowing that the first may have arrived.</summary>
    public bool IsAgain { get; set; }
}

/// <summary>
/// When a portfolio last wrote to a person outside their window. WhatsApp limits how many different people that may be in a rolling day
/// (Meta, Messaging limits, May 2026).
/// </summary>
internal sealed class PortfolioReach
{
    public string PortfolioId { get; set; } = "";

    public long PersonId { get; set; }

    public DateTime AtUtc { get; set; }
}
