using System.Text.Json;

namespace WaConsole.CloudApi;

/// <param name="Subject">128 characters at most.</param>
/// <param name="Description">2,048 characters at most.</param>
/// <param name="NeedsApproval">Who comes by the link must be let in.</param>
public sealed record GroupDraft(string Subject, string? Description = null, bool NeedsApproval = false);

public sealed record GroupSummary(string Id, string? Subject, DateTime? CreatedUtc);

/// <param name="ParticipantCount">Without the business.</param>
public sealed record GroupDetails(
    string Id,
    string? Subject,
    string? Description,
    bool NeedsApproval,
    bool IsSuspended,
    DateTime? CreatedUtc,
    int? ParticipantCount,
    IReadOnlyList<GroupParticipant> Participants);

public sealed record GroupJoinRequest(string Id, string? WaId, DateTime? AtUtc);

public sealed record GroupJoinResult(IReadOnlyList<string> Done, IReadOnlyList<GroupJoinFailure> Failed);

public sealed record GroupJoinFailure(string? RequestId, IReadOnlyList<CloudApiError> Errors);

internal static class GroupAnswers
{
    public const string Fields = "id,subject,description,suspended,creation_timestamp,participants,total_participant_count,join_approval_mode";

    public static GroupSummary? Summary(JsonElement row) =>
        row.Text("id"u8) is { } id ? new(id, row.Text("subject"u8), row.UnixTime("created_at"u8)) : null;

    public static GroupDetails? Details(JsonElement group) => group.Text("id"u8) is { } id
        ? new(
            id,
            group.Text("subject"u8),
            group.Text("description"u8),
            group.Text("join_approval_mode"u8) == "approval_required",
            group.Bool("suspended"u8) is true,
            group.UnixTime("creation_timestamp"u8),
            group.Int("total_participant_count"u8),
            GroupReading.Participants(group, "participants"u8))
        : null;

    public static GroupJoinRequest? JoinRequest(JsonElement row) =>
        row.Text("join_request_id"u8) is { } id ? new(id, row.Text("wa_id"u8), row.UnixTime("creation_timestamp"u8)) : null;

    public static GroupJoinResult JoinResult(JsonElement answer) => new(
        [.. answer.Texts("approved_join_requests"u8), .. answer.Texts("rejected_join_requests"u8)],
        [.. answer.Items("failed_join_requests"u8).Select(row =>
            new GroupJoinFailure(row.Text("join_request_id"u8), CloudApiErrorReading.FromWebhook(row)))]);
}
