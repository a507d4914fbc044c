using WaConsole.CloudApi;
using WaConsole.Simulator.World;

namespace WaConsole.Contract.Tests;

/// <summary>The life of a group: client, simulator and reader over real HTTP.</summary>
public sealed class GroupTests(Wire wire) : IClassFixture<Wire>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CloudApiClient Api => wire.Client;

    [Fact]
    public async Task A_group_is_made_joined_written_to_changed_and_deleted()
    {
        MakeEligible();
        var request = await Api.CreateGroupAsync(wire.Account, wire.Number, new("Wednesday class", "Bring a last", NeedsApproval: true), Stop);
        var made = await NewsAsync(item => item is { Type: "group_create" } && item.RequestId == request);
        Assert.Equal(("Wednesday class", "Bring a last", "approval_required"), (made.Subject, made.Description, made.JoinApprovalMode));
        var id = made.GroupId!;
        Assert.Contains((await Api.ListGroupsAsync(wire.Account, wire.Number, null, 100, Stop)).Items, one => one.Id == id);

        var (first, second) = (wire.SomebodyWhoWrote().Customer, wire.SomebodyWhoWrote().Customer);
        Assert.True(wire.World.JoinGroup(id, first.Id));
        Assert.True(wire.World.JoinGroup(id, second.Id));
        var asks = await NewsAsync(item => item is { Type: "group_join_request_created" } && item.WaId == first.Phone);
        var waiting = (await Api.ListJoinRequestsAsync(wire.Account, id, Stop)).Items;
        Assert.Equal(2, waiting.Count);
        var letIn = await Api.ApproveJoinRequestsAsync(wire.Account, id, [asks.JoinRequestId!, "gone"], Stop);
        Assert.Equal((asks.JoinRequestId, 131213), (Assert.Single(letIn.Done), Assert.Single(Assert.Single(letIn.Failed).Errors).Code));
        Assert.Single((await Api.RejectJoinRequestsAsync(wire.Account, id, [waiting[1].Id], Stop)).Done);

        var sent = await Api.SendAsync(wire.Account, wire.Number, new(new Recipient.Group(id), new OutboundContent.Text("At six")), Stop);
        await wire.UntilAsync(item => item is StatusItem { Kind: StatusKind.Delivered } status && status.Wamid == sent.Wamid);

        await Api.UpdateGroupAsync(wire.Account, id, "Thursday class", null, Stop);
        await NewsAsync(item => item.SubjectChange is { Text: "Thursday class", Succeeded: true });
        var link = await Api.ResetGroupLinkAsync(wire.Account, id, Stop);
        Assert.NotEqual(made.InviteLink, link);
        var details = await Api.GetGroupAsync(wire.Account, id, Stop);
        Assert.Equal(("Thursday class", true, 1, first.Phone), (details.Subject, details.NeedsApproval, details.ParticipantCount, Assert.Single(details.Participants).WaId));

        await Api.RemoveFromGroupAsync(wire.Account, id, [new Recipient.Phone(first.Phone), new Recipient.Phone(second.Phone)], Stop);
        var left = await NewsAsync(item => item is { Type: "group_participants_remove" });
        Assert.Equal((first.Phone, 131212), (Assert.Single(left.Removed).WaId, Assert.Single(Assert.Single(left.Failed).Errors).Code));
        await RefusedAsync(131020, () => Api.SendAsync(wire.Account, wire.Number, new(new Recipient.Group(id), new OutboundContent.Text("Anybody?")), Stop));

        await Api.DeleteGroupAsync(wire.Account, id, Stop);
        await NewsAsync(item => item is { Type: "group_delete" });
        await RefusedAsync(131041, () => Api.SendAsync(wire.Account, wire.Number, new(new Recipient.Group(id), new OutboundContent.Text("Hello?")), Stop));
    }

    [Fact]
    public async Task Groups_are_for_large_official_accounts_and_a_suspended_one_is_silent()
    {
        await RefusedAsync(131215, () => Api.CreateGroupAsync(wire.Account, TestNumber, new("Class"), Stop));
        var group = wire.World.MakeGroup("Class", [wire.SomebodyWhoWrote().Customer.Id])!;

        Assert.True(wire.World.SuspendGroup(group.Id, suspended: true));

        await NewsAsync(item => item is { Type: "group_suspend" });
        await RefusedAsync(131207, () => Api.SendAsync(wire.Account, wire.Number, new(new Recipient.Group(group.Id), new OutboundContent.Text("Hi")), Stop));
        Assert.True((await Api.GetGroupAsync(wire.Account, group.Id, Stop)).IsSuspended);
    }

    private static string TestNumber => WaConsole.Testing.TestAccount.SecondPhoneNumberId;

    private void MakeEligible()
    {
        wire.World.ChangeNumber(wire.Number, number => number with { OfficialAccount = true });
        wire.World.ChangeAccount(account => account with { MessagingLimit = "TIER_100K" });
    }

    private async Task<GroupItem> NewsAsync(Func<GroupItem, bool> isIt) =>
        (await wire.UntilAsync(item => item is GroupItem group && isIt(group))).OfType<GroupItem>().First(isIt);

    private static async Task RefusedAsync<T>(int code, Func<Task<T>> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<CloudApiException>(call)).Error.Code);
}
