using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>The business's own username, or null.</summary>
    public async Task<BusinessUsername?> GetUsernameAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(account, $"{GraphId.Check(phoneNumberId)}/username", cancellationToken);
        return answer.RootElement.Text("username"u8) is { } name ? new(name, answer.RootElement.Text("status"u8)) : null;
    }

    /// <param name="username">3 to 35 of <c>a-z 0-9 . _</c> with a letter among them.</param>
    /// <param name="move">Take it from another number of ours that has it.</param>
    /// <returns><c>approved</c> or <c>reserved</c>.</returns>
    /// <exception cref="CloudApiException">
    /// 147001: taken; 147002: the messaging limit is too low; 147003, 147004: link the page or account first; 147005:
    /// another number of ours has it.
    /// </exception>
    public async Task<string?> ClaimUsernameAsync(
        CloudApiAccount account, string phoneNumberId, string username, bool move, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["username"] = username,
            ["transfer_action"] = move ? "force_transfer" : "none",
        };
        using var answer = await PostAsync(
            account, $"{GraphId.Check(phoneNumberId)}/username", body, cancellationToken);
        return answer.RootElement.Text("status"u8);
    }

    public Task DeleteUsernameAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken) =>
        DeleteAsync(account, $"{GraphId.Check(phoneNumberId)}/username", cancellationToken);
}

/// <param name="Status"><c>approved</c> or <c>reserved</c>.</param>
public sealed record BusinessUsername(string Name, string? Status);
