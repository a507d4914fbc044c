using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>Customers this number has blocked, a page at a time.</summary>
    /// <exception cref="CloudApiException">139102: the list changed meanwhile, start again.</exception>
    public async Task<Page<BlockedCustomer>> ListBlockedAsync(
        CloudApiAccount account, string phoneNumberId, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = Query.Of(("limit", limit.ToString(CultureInfo.InvariantCulture)), ("after", after));
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}/block_users{query}", cancellationToken);
        return Page<BlockedCustomer>.Read(answer.RootElement, BlockReading.Customer);
    }

    /// <summary>
    /// Blocks customers: their messages stop, and ours to them are refused with 130403. Only who wrote in the last 24
    /// hours can be blocked (131047); up to 64,000 in all (139101).
    /// </summary>
    /// <param name="customers">By phone or BSUID; a parent BSUID is refused.</param>
    /// <returns>Who is blocked now and who could not be: one refusal does not stop the rest.</returns>
    public Task<BlockResult> BlockAsync(
        CloudApiAccount account,
        string phoneNumberId,
        IReadOnlyList<Recipient> customers,
        CancellationToken cancellationToken) =>
        ChangeBlockedAsync(HttpMethod.Post, account, phoneNumberId, customers, cancellationToken);

    /// <returns>Who is free again and who could not be.</returns>
    public Task<BlockResult> UnblockAsync(
        CloudApiAccount account,
        string phoneNumberId,
        IReadOnlyList<Recipient> customers,
        CancellationToken cancellationToken) =>
        ChangeBlockedAsync(HttpMethod.Delete, account, phoneNumberId, customers, cancellationToken);

    /// <summary>
    /// Makes Meta forget the phone behind a BSUID in the portfolio's contact book: part of erasing a customer.
    /// </summary>
    public Task ForgetCustomerAsync(
        CloudApiAccount account, string phoneNumberId, string bsuid, CancellationToken cancellationToken) =>
        DeleteAsync(
            account,
            $"{GraphId.Check(phoneNumberId)}/contact_book{Query.Of(("messaging_product", "whatsapp"), ("bsuid", bsuid))}",
            cancellationToken);

    private async Task<BlockResult> ChangeBlockedAsync(
        HttpMethod method,
        CloudApiAccount account,
        string phoneNumberId,
        IReadOnlyList<Recipient> customers,
        CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["block_users"] = JsonBytes.List(customers.Select(customer => (JsonNode)(customer switch
            {
                Recipient.Phone phone => new JsonObject { ["user"] = phone.E164 },
                Recipient.UserId user => new JsonObject { ["user_id"] = user.Bsuid },
                _ => throw new ArgumentException("Only customers can be blocked.", nameof(customers)),
            }))),
        };
        var call = Change(method, $"{GraphId.Check(phoneNumberId)}/block_users", body) with
        {
            PartialAnswer = "block_users",
        };
        using var answer = await _graph.CallAsync(account, call, cancellationToken);
        return BlockReading.Result(answer.RootElement);
    }
}

/// <param name="Input">As it was given; null in lists.</param>
public sealed record BlockedCustomer(string? Input, string? WaId, string? UserId);

/// <summary>What became of each customer.</summary>
public sealed record BlockResult(IReadOnlyList<BlockedCustomer> Changed, IReadOnlyList<BlockFailure> Failed);

public sealed record BlockFailure(string? Input, string? WaId, string? UserId, IReadOnlyList<CloudApiError> Errors);

internal static class BlockReading
{
    public static BlockedCustomer? Customer(JsonElement row) =>
        new(row.Text("input"u8), row.Text("wa_id"u8), row.Text("user_id"u8));

    /// <summary>Meta's page names the list of an unblocking like that of a blocking, libraries otherwise.</summary>
    public static BlockResult Result(JsonElement answer)
    {
        var users = answer.Object("block_users"u8);
        return users is not { } found
            ? new([], [])
            : new(
                [.. found.Items("added_users"u8).Concat(found.Items("removed_users"u8)).Select(Customer).OfType<BlockedCustomer>()],
                [.. found.Items("failed_users"u8).Select(row => new BlockFailure(
                    row.Text("input"u8),
                    row.Text("wa_id"u8),
                    row.Text("user_id"u8),
                    CloudApiErrorReading.FromWebhook(row)))]);
    }
}
