namespace WaConsole.CloudApi;

/// <summary>
/// How long each kind of call may take. A call that runs out ends in a <see cref="CloudApiException"/>.
/// </summary>
public sealed class CloudApiOptions
{
    /// <summary>Opening the connection, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Sending a message or marking one as read, answer included.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Reading fields of numbers, media and templates, one page at a time.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Changing something: templates, numbers, profile, subscriptions.</summary>
    public TimeSpan ManageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Registering a number, which can take WhatsApp more than 15 seconds.</summary>
    public TimeSpan RegisterTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A whole upload or download of one file.</summary>
    public TimeSpan MediaTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest silence within a download.</summary>
    public TimeSpan MediaIdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Told after every answer that says how much of Meta's limits is used. Called on the caller's path: return at
    /// once.
    /// </summary>
    public Action<ApiUsage>? UsageRead { get; set; }

    /// <summary>Meta's media host is reported to refuse requests without one.</summary>
    public string UserAgent { get; set; } = "WaConsole/0.1";
}
