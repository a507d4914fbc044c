using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.Hosting;

/// <summary>When a rule that WhatsApp checks after accepting (window, opt-out, reachability) is reported.</summary>
public enum RefusalTiming
{
    /// <summary>The send is accepted and a <c>failed</c> status follows, as WhatsApp mostly does.</summary>
    FailedStatus,

    /// <summary>The send itself is answered with the error.</summary>
    Answer,
}

/// <summary>How long after the step before it each status happens, in simulated time.</summary>
public sealed record StatusDelays
{
    public TimeSpan Sent { get; init; } = TimeSpan.FromMilliseconds(150);
    public TimeSpan Delivered { get; init; } = TimeSpan.FromMilliseconds(350);
    public TimeSpan Read { get; init; } = TimeSpan.FromSeconds(2);
    public TimeSpan Played { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Every status follows at once: what most tests want.</summary>
    public static StatusDelays None { get; } = new()
    {
        Sent = TimeSpan.Zero,
        Delivered = TimeSpan.Zero,
        Read = TimeSpan.Zero,
        Played = TimeSpan.Zero,
    };
}

/// <summary>How many webhooks share a body. Meta batches up to 1,000 updates when it is busy.</summary>
public sealed record WebhookBatching
{
    /// <summary>Updates in a body at most; 1 sends each alone.</summary>
    public int Most { get; init; } = 1;

    /// <summary>How long a body waits to fill up.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMilliseconds(20);

    public BatchShape Shape { get; init; }
}

/// <summary>How new and edited templates are judged.</summary>
public enum TemplateReview
{
    /// <summary>After <see cref="SimulatorOptions.ReviewDelay"/>, by the rules.</summary>
    Automatic,

    /// <summary>They stay in review until the control API decides.</summary>
    ByHand,
}

/// <summary>Everything that can be chosen before the simulator starts. The secrets are only ever used on this machine.</summary>
public sealed record SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>Where the simulator listens: an http address of this machine only; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://localhost:5081";

    /// <summary>Where webhooks go. Without one they wait in memory until it is set.</summary>
    public Uri? WebhookUrl { get; init; }

    public string AppId { get; init; } = "700000000000001";
    public string AppSecret { get; init; } = "simulated-app-secret";
    public string VerifyToken { get; init; } = "simulated-verify-token";
    public string AccessToken { get; init; } = "simulated-access-token";
    public string BusinessAccountId { get; init; } = "710000000000001";

    /// <summary>Makes faults with a rate and scripted customers the same from run to run.</summary>
    public int Seed { get; init; } = 1;

    public StatusDelays StatusDelays { get; init; } = new();

    public RefusalTiming RefusalTiming { get; init; } = RefusalTiming.FailedStatus;

    /// <summary>Messages in and out per number and second before code 130429; 0 switches the limit off.</summary>
    public int ThroughputPerSecond { get; init; } = 80;

    /// <summary>Messages to one customer before code 131056 (one more every six seconds); 0 switches the limit off.</summary>
    public int PairBurst { get; init; } = 45;

    public WebhookBatching WebhookBatching { get; init; } = new();

    /// <summary>The first pause before a refused webhook is repeated; each further one is twice as long, up to 600 times this.</summary>
    public TimeSpan WebhookRetryUnit { get; init; } = TimeSpan.FromSeconds(1);

    public TemplateReview TemplateReview { get; init; } = TemplateReview.Automatic;

    /// <summary>Sends each template needs before two can be compared; a test lowers it.</summary>
    public int ComparisonMinimum { get; init; } = 1000;

    /// <summary>How long a review takes, in simulated time.</summary>
    public TimeSpan ReviewDelay { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Whether a phone number nobody made yet is a new customer (true) or not on WhatsApp (false).</summary>
    public bool MakeUnknownCustomers { get; init; } = true;

    /// <summary>Whether the demo customers exist from the start. Numbers and templates always do.</summary>
    public bool DemoCustomers { get; init; } = true;

    /// <summary>Scripted customers who write per minute from the start; 0 means none until asked for.</summary>
    public double CustomersPerMinute { get; init; }
}
