using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>How long Meta asks to wait: by the standard header, or by its own for management calls.</summary>
internal static class RetryAfter
{
    private const string UsageHeader = "X-Business-Use-Case-Usage";

    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider clock)
    {
        var wait = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => FromUsage(answer),
        };
        return wait is { } given && given < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>
    /// The header lists, per account, how much of each limit is used and the minutes until calls are let through again
    /// (developers.facebook.com, Graph API, rate limiting).
    /// </summary>
    private static TimeSpan? FromUsage(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues(UsageHeader, out var values))
        {
            return null;
        }

        try
        {
            using var usage = JsonDocument.Parse(string.Concat(values));
            return usage.RootElement.ValueKind == JsonValueKind.Object ? LongestWait(usage.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? LongestWait(JsonElement usage)
    {
        var minutes = 0L;
        foreach (var account in usage.EnumerateObject())
        {
            if (account.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (var limit in account.Value.EnumerateArray())
                {
                    minutes = Math.Max(minutes, limit.Long("estimated_time_to_regain_access"u8) ?? 0);
                }
            }
        }

        return minutes is > 0 and < 100_000 ? TimeSpan.FromMinutes(minutes) : null;
    }
}
