namespace WaConsole.CloudApi;

/// <summary>Meta took the message; only status webhooks tell whether it was sent.</summary>
/// <param name="WaId">The recipient as WhatsApp knows it, digits only; may differ from the number given.</param>
/// <param name="UserId">The BSUID, when the message went to one.</param>
/// <param name="MessageStatus">Templates: <c>accepted</c>, <c>held_for_quality_assessment</c> or <c>paused</c>.</param>
public sealed record SendAccepted(
    string Wamid,
    string? WaId,
    string? UserId,
    string? ParentUserId,
    string? MessageStatus)
{
    /// <summary>The group, when the message went to one.</summary>
    public string? GroupId { get; init; }
}
