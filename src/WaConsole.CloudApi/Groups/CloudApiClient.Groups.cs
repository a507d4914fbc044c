using System.Globalization;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>
    /// Asks for a new group. The group itself, with its id and the link people join by, comes as a
    /// <c>group_lifecycle_update</c> webhook with the same request id (Meta, Groups, November 2025). Groups need an
    /// official business account and a messaging limit of 100,000; a number has 10,000 at most.
    /// </summary>
    /// <returns>The id of the request.</returns>
    /// <exception cref="CloudApiException">131215: the number may not have groups. 131211: it has too many.</exception>
    public async Task<string> CreateGroupAsync(
        CloudApiAccount account, string phoneNumberId, GroupDraft group, CancellationToken cancellationToken)
    {
        var body = JsonBytes.Of(
            ("messaging_product", "whatsapp"),
            ("subject", group.Subject),
            ("description", group.Description),
            ("join_approval_mode", group.NeedsApproval ? "approval_required" : "auto_approve"));
        using var answer = await PostAsync(account, $"{GraphId.Check(phoneNumberId)}/groups", body, cancellationToken);
        return answer.RootElement.Text("request_id"u8) ?? throw Unreadable(SendFate.MaybeSent);
    }

    /// <summary>The groups a number is in, a page at a time.</summary>
    /// <param name="limit">1 to 1,024.</param>
    public async Task<Page<GroupSummary>> ListGroupsAsync(
        CloudApiAccount account, string phoneNumberId, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = Query.Of(("limit", limit.ToString(CultureInfo.InvariantCulture)), ("after", after));
        using var answer = await GetAsync(account, $"{GraphId.Check(phoneNumberId)}/groups{query}", cancellationToken);
        var root = answer.RootElement;
        return root.Object("data"u8) is { } data
            ? new([.. data.Items("groups"u8).Select(GroupAnswers.Summary).OfType<GroupSummary>()], Paging.Next(root))
            : Page<GroupSummary>.Read(root, GroupAnswers.Summary);
    }

    /// <exception cref="CloudApiException">131041: the group is unknown, or the number is not in it.</exception>
    public async Task<GroupDetails> GetGroupAsync(CloudApiAccount account, string groupId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account,
            $"{GraphId.Check(groupId)}{Query.Of(("fields", GroupAnswers.Fields))}",
            cancellationToken);
        return GroupAnswers.Details(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>
    /// Changes subject (128 characters at most) or description (2,048); what is null stays. Whether it succeeded comes as a
    /// <c>group_settings_update</c> webhook.
    /// </summary>
    public async Task UpdateGroupAsync(
        CloudApiAccount account, string groupId, string? subject, string? description, CancellationToken cancellationToken)
    {
        var body = JsonBytes.Of(("messaging_product", "whatsapp"), ("subject", subject), ("description", description));
        using var answer = await PostAsync(account, GraphId.Check(groupId), body, cancellationToken);
    }

    /// <summary>Deletes the group and removes everybody from it.</summary>
    public Task DeleteGroupAsync(CloudApiAccount account, string groupId, CancellationToken cancellationToken) =>
        DeleteAsync(account, GraphId.Check(groupId), cancellationToken);

    /// <summary>Removes up to eight people. Who left, and who could not be removed, comes as a webhook.</summary>
    /// <param name="people">By phone or BSUID.</param>
    public async Task RemoveFromGroupAsync(
        CloudApiAccount account, string groupId, IReadOnlyList<Recipient> people, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["participants"] = JsonBytes.List(people.Select(person => (JsonNode)new JsonObject
            {
                ["user"] = person switch
                {
                    Recipient.Phone phone => phone.E164,
                    Recipient.UserId user => user.Bsuid,
                    _ => throw new ArgumentException("Only people are in groups.", nameof(people)),
                },
            })),
        };
        using var answer = await _graph.CallAsync(
            account, Change(HttpMethod.Delete, $"{GraphId.Check(groupId)}/participants", body), cancellationToken);
    }

    /// <summary>Makes a new link to join by; earlier ones end.</summary>
    public async Task<string> ResetGroupLinkAsync(CloudApiAccount account, string groupId, CancellationToken cancellationToken)
    {
        var body = JsonBytes.Of(("messaging_product", "whatsapp"));
        using var answer = await PostAsync(account, $"{GraphId.Check(groupId)}/invite_link", body, cancellationToken);
        return answer.RootElement.Text("invite_link"u8) ?? throw Unreadable(SendFate.MaybeSent);
    }

    /// <summary>Who asks to join a group that needs approval.</summary>
    public async Task<Page<GroupJoinRequest>> ListJoinRequestsAsync(
        CloudApiAccount account, string groupId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(account, $"{GraphId.Check(groupId)}/join_requests", cancellationToken);
        return Page<GroupJoinRequest>.Read(answer.RootElement, GroupAnswers.JoinRequest);
    }

    /// <summary>Lets people in.</summary>
    /// <returns>Who was let in and who could not be: one that was withdrawn (131213) does not stop the rest.</returns>
    public Task<GroupJoinResult> ApproveJoinRequestsAsync(
        CloudApiAccount account, string groupId, IReadOnlyList<string> requestIds, CancellationToken cancellationToken) =>
        DecideJoinAsync(HttpMethod.Post, account, groupId, requestIds, cancellationToken);

    /// <summary>Turns people away.</summary>
    public Task<GroupJoinResult> RejectJoinRequestsAsync(
        CloudApiAccount account, string groupId, IReadOnlyList<string> requestIds, CancellationToken cancellationToken) =>
        DecideJoinAsync(HttpMethod.Delete, account, groupId, requestIds, cancellationToken);

    private async Task<GroupJoinResult> DecideJoinAsync(
        HttpMethod method, CloudApiAccount account, string groupId, IReadOnlyList<string> requestIds, CancellationToken cancellationToken)
    {
        var body = JsonBytes.Of(("messaging_product", "whatsapp"), ("join_requests", JsonBytes.List(requestIds)));
        using var answer = await _graph.CallAsync(
            account, Change(method, $"{GraphId.Check(groupId)}/join_requests", body), cancellationToken);
        return GroupAnswers.JoinResult(answer.RootElement);
    }
}
