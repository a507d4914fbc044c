namespace WaConsole.Simulator.World;

/// <summary>Somebody who came by the link of a group that needs approval.</summary>
public sealed record JoinRequest(string Id, string CustomerId, DateTimeOffset At);

/// <summary>A group of a business number. Eight members at most. Replaced as a whole when something about it changes.</summary>
public sealed record CustomerGroup(string Id, string NumberId, string Subject, IReadOnlyList<string> Members)
{
    public string? Description { get; init; }
    public bool NeedsApproval { get; init; }
    public bool Suspended { get; init; }
    public required string InviteLink { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public IReadOnlyList<JoinRequest> JoinRequests { get; init; } = [];
}
