using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// News about a group (four fields from <c>group_lifecycle_update</c> to <c>group_status_update</c>; groups, November
/// 2025). Only the part that belongs to the type is set.
/// </summary>
public sealed record GroupItem : WebhookItem
{
    public string? GroupId { get; init; }

    /// <summary>For example <c>group_create</c>, <c>group_participants_add</c>, <c>group_suspend</c>.</summary>
    public string? Type { get; init; }

    public DateTime? TimestampUtc { get; init; }

    /// <summary>Of the call that asked for it.</summary>
    public string? RequestId { get; init; }

    public string? Subject { get; init; }

    public string? Description { get; init; }

    public string? InviteLink { get; init; }

    public string? JoinApprovalMode { get; init; }

    /// <summary><c>invite_link</c>.</summary>
    public string? Reason { get; init; }

    /// <summary><c>business</c> or <c>participant</c>.</summary>
    public string? InitiatedBy { get; init; }

    public string? JoinRequestId { get; init; }

    /// <summary>Who asks to join.</summary>
    public string? WaId { get; init; }

    public IReadOnlyList<GroupParticipant> Added { get; init; } = [];

    public IReadOnlyList<GroupParticipant> Removed { get; init; } = [];

    /// <summary>Who could not be changed, and why.</summary>
    public IReadOnlyList<GroupParticipant> Failed { get; init; } = [];

    public GroupSetting? SubjectChange { get; init; }

    public GroupSetting? DescriptionChange { get; init; }

    public GroupSetting? PictureChange { get; init; }

    public IReadOnlyList<CloudApiError> Errors { get; init; } = [];
}

/// <param name="Input">As it was given.</param>
public sealed record GroupParticipant(
    string? Input,
    string? WaId,
    string? UserId,
    string? ParentUserId,
    string? Username,
    IReadOnlyList<CloudApiError> Errors);

/// <param name="Text">The new text; null for a picture.</param>
public sealed record GroupSetting(string? Text, bool? Succeeded, IReadOnlyList<CloudApiError> Errors);

internal static class GroupReading
{
    public static WebhookItem Read(ItemPlace place, JsonElement group) => place.Put(
        new GroupItem
        {
            GroupId = group.Text("group_id"u8),
            Type = group.Text("type"u8),
            TimestampUtc = group.UnixTime("timestamp"u8) ?? place.EntryTime,
            RequestId = group.Text("request_id"u8),
            Subject = group.Text("subject"u8),
            Description = group.Text("description"u8),
            InviteLink = group.Text("invite_link"u8),
            JoinApprovalMode = group.Text("join_approval_mode"u8),
            Reason = group.Text("reason"u8),
            InitiatedBy = group.Text("initiated_by"u8),
            JoinRequestId = group.Text("join_request_id"u8),
            WaId = group.Text("wa_id"u8),
            Added = Participants(group, "added_participants"u8),
            Removed = Participants(group, "removed_participants"u8),
            Failed = Participants(group, "failed_participants"u8),
            SubjectChange = Setting(group, "group_subject"u8),
            DescriptionChange = Setting(group, "group_description"u8),
            PictureChange = Setting(group, "profile_picture"u8),
            Errors = CloudApiErrorReading.FromWebhook(group),
        },
        group.GetRawText());

    public static GroupParticipant[] Participants(JsonElement group, ReadOnlySpan<byte> list)
    {
        var participants = new List<GroupParticipant>();
        foreach (var person in group.Items(list))
        {
            participants.Add(new(
                person.Text("input"u8),
                person.Text("wa_id"u8),
                person.Text("user_id"u8),
                person.Text("parent_user_id"u8),
                person.Text("username"u8)?.TrimStart('@'),
                CloudApiErrorReading.FromWebhook(person)));
        }

        return [.. participants];
    }

    private static GroupSetting? Setting(JsonElement group, ReadOnlySpan<byte> name) => group.Object(name) is { } setting
        ? new(
            setting.Text("text"u8),
            setting.Bool("update_successful"u8),
            CloudApiErrorReading.FromWebhook(setting))
        : null;
}
