namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>The verbs of groups, as <see cref="EveryCall"/> lists them.</summary>
internal static class EveryGroupCall
{
    private const string Fields = "id,subject,description,suspended,creation_timestamp,participants,total_participant_count,join_approval_mode";

    public static IReadOnlyList<ClientCall> All { get; } =
    [
        new("CreateGroup", (api, me, stop) => api.CreateGroupAsync(me, "1", new("Class", "Bring a last", NeedsApproval: true), stop),
            "POST", "/v26.0/1/groups",
            """{"messaging_product":"whatsapp","subject":"Class","description":"Bring a last","join_approval_mode":"approval_required"}""",
            """{"messaging_product":"whatsapp","request_id":"r"}"""),
        new("ListGroups", (api, me, stop) => api.ListGroupsAsync(me, "1", "abc", 50, stop),
            "GET", "/v26.0/1/groups?limit=50&after=abc", null, """{"data":{"groups":[{"id":"g","subject":"Class"}]}}"""),
        new("GetGroup", (api, me, stop) => api.GetGroupAsync(me, "66", stop),
            "GET", $"/v26.0/66?fields={Fields}", null, """{"id":"g","subject":"Class"}"""),
        new("UpdateGroup", (api, me, stop) => api.UpdateGroupAsync(me, "66", "Night class", null, stop),
            "POST", "/v26.0/66", """{"messaging_product":"whatsapp","subject":"Night class"}"""),
        new("DeleteGroup", (api, me, stop) => api.DeleteGroupAsync(me, "66", stop), "DELETE", "/v26.0/66", null),
        new("RemoveFromGroup", (api, me, stop) => api.RemoveFromGroupAsync(me, "66", [new Recipient.Phone("4917012345678"), new Recipient.UserId("DE.1")], stop),
            "DELETE", "/v26.0/66/participants",
            """{"messaging_product":"whatsapp","participants":[{"user":"+4917012345678"},{"user":"DE.1"}]}"""),
        new("ResetGroupLink", (api, me, stop) => api.ResetGroupLinkAsync(me, "66", stop),
            "POST", "/v26.0/66/invite_link", """{"messaging_product":"whatsapp"}""",
            """{"messaging_product":"whatsapp","invite_link":"https://chat.whatsapp.com/x"}"""),
        new("ListJoinRequests", (api, me, stop) => api.ListJoinRequestsAsync(me, "66", stop),
            "GET", "/v26.0/66/join_requests", null, """{"data":[{"join_request_id":"j","wa_id":"49"}]}"""),
        new("ApproveJoinRequests", (api, me, stop) => api.ApproveJoinRequestsAsync(me, "66", ["j"], stop),
            "POST", "/v26.0/66/join_requests", """{"messaging_product":"whatsapp","join_requests":["j"]}""",
            """{"messaging_product":"whatsapp","approved_join_requests":["j"]}"""),
        new("RejectJoinRequests", (api, me, stop) => api.RejectJoinRequestsAsync(me, "66", ["j"], stop),
            "DELETE", "/v26.0/66/join_requests", """{"messaging_product":"whatsapp","join_requests":["j"]}""",
            """{"messaging_product":"whatsapp","rejected_join_requests":["j"]}"""),
    ];
}
