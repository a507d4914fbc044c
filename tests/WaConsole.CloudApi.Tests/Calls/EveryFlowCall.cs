namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>The verbs of Flows, as <see cref="EveryCall"/> lists them.</summary>
internal static class EveryFlowCall
{
    private const string Fields = "id,name,status,categories,validation_errors,json_version";

    public static IReadOnlyList<ClientCall> All { get; } =
    [
        new("CreateFlow", (api, me, stop) => api.CreateFlowAsync(me, "9", new("Fitting", ["OTHER"], CloneFlowId: "7"), stop),
            "POST", "/v26.0/9/flows", """{"name":"Fitting","categories":["OTHER"],"clone_flow_id":"7"}""", """{"id":"8","success":true}"""),
        new("ListFlows", (api, me, stop) => api.ListFlowsAsync(me, "9", "abc", 50, stop),
            "GET", $"/v26.0/9/flows?fields={Fields}&limit=50&after=abc", null, """{"data":[{"id":"8","name":"Fitting"}]}"""),
        new("GetFlow", (api, me, stop) => api.GetFlowAsync(me, "88", stop),
            "GET", $"/v26.0/88?fields={Fields}", null, """{"id":"8","status":"DRAFT"}"""),
        new("UpdateFlow", (api, me, stop) => api.UpdateFlowAsync(me, "88", "Fitting", ["OTHER"], null, stop),
            "POST", "/v26.0/88", """{"name":"Fitting","categories":["OTHER"]}"""),
        new("PublishFlow", (api, me, stop) => api.PublishFlowAsync(me, "88", stop), "POST", "/v26.0/88/publish", null),
        new("DeprecateFlow", (api, me, stop) => api.DeprecateFlowAsync(me, "88", stop), "POST", "/v26.0/88/deprecate", null),
        new("DeleteFlow", (api, me, stop) => api.DeleteFlowAsync(me, "88", stop), "DELETE", "/v26.0/88", null),
    ];
}
