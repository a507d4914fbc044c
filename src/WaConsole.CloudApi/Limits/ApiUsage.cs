using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// How much of its limits an app has used, as an answer's headers tell. Slow down from 75 on; at 100 calls are refused
/// with code 4 or 80007 (developers.facebook.com, Graph API, rate limiting, 2026). Sending has limits of its own.
/// </summary>
/// <param name="App">Of the app, in percent; null when the answer did not say.</param>
/// <param name="Accounts">Of business accounts, for management calls.</param>
public sealed record ApiUsage(UsageShares? App, IReadOnlyList<AccountUsage> Accounts)
{
    private const string AppHeader = "X-App-Usage";
    private const string AccountHeader = "X-Business-Use-Case-Usage";

    /// <summary>The share that will run out first, in percent.</summary>
    public int HighestPercent => Math.Max(
        App?.Highest ?? 0, Accounts.Count == 0 ? 0 : Accounts.Max(account => account.Shares.Highest));

    /// <summary>The longest time until calls are let through again, or null.</summary>
    public TimeSpan? RegainAccess => Accounts.Max(account => account.RegainAccess);

    /// <summary>Null when the answer carries none of the headers.</summary>
    internal static ApiUsage? Of(HttpResponseMessage answer)
    {
        using var app = Header(answer, AppHeader);
        using var accounts = Header(answer, AccountHeader);
        return app is null && accounts is null
            ? null
            : new(app is null ? null : SharesOf(app.RootElement), accounts is null ? [] : [.. Read(accounts.RootElement)]);
    }

    private static JsonDocument? Header(HttpResponseMessage answer, string name)
    {
        if (!answer.Headers.TryGetValues(name, out var values))
        {
            return null;
        }

        try
        {
            var usage = JsonDocument.Parse(string.Concat(values));
            if (usage.RootElement.ValueKind == JsonValueKind.Object)
            {
                return usage;
            }

            usage.Dispose();
        }
        catch (JsonException)
        {
            // A hint that cannot be read is none.
        }

        return null;
    }

    private static IEnumerable<AccountUsage> Read(JsonElement usage)
    {
        foreach (var account in usage.EnumerateObject())
        {
            if (account.Value.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var limit in account.Value.EnumerateArray())
            {
                var minutes = limit.Long("estimated_time_to_regain_access"u8);
                yield return new(
                    account.Name,
                    limit.Text("type"u8),
                    SharesOf(limit),
                    minutes is > 0 and < 100_000 ? TimeSpan.FromMinutes(minutes.Value) : null);
            }
        }
    }

    private static UsageShares SharesOf(JsonElement limit) => new(
        Percent(limit.Double("call_count"u8)),
        Percent(limit.Double("total_cputime"u8)),
        Percent(limit.Double("total_time"u8)));

    private static int Percent(double? share) => (int)Math.Clamp(share ?? 0, 0, 1000);
}

/// <summary>Percent of what is allowed in the current hour.</summary>
public sealed record UsageShares(int Calls, int ProcessorTime, int TotalTime)
{
    public int Highest => Math.Max(Calls, Math.Max(ProcessorTime, TotalTime));
}

/// <param name="AccountId">The business account.</param>
/// <param name="Type">For example <c>whatsapp_business_management</c>.</param>
/// <param name="RegainAccess">Until calls are let through again; null while they are.</param>
public sealed record AccountUsage(string AccountId, string? Type, UsageShares Shares, TimeSpan? RegainAccess);
