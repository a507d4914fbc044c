namespace WaConsole.CloudApi;

/// <summary>How long Meta asks to wait: by the standard header, or by its own for management calls.</summary>
internal static class RetryAfter
{
    public static TimeSpan? Of(HttpResponseMessage answer, ApiUsage? usage, TimeProvider clock)
    {
        var wait = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => usage?.RegainAccess,
        };
        return wait is { } given && given < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
