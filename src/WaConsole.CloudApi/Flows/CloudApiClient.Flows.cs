using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>Makes a Flow, a form of several screens, as a draft (Meta, Flows API, November 2025).</summary>
    /// <returns>Its id, and what is wrong with its JSON.</returns>
    /// <exception cref="CloudApiException">139000: the account may not make Flows.</exception>
    public async Task<FlowSaved> CreateFlowAsync(
        CloudApiAccount account, string businessAccountId, FlowDraft flow, CancellationToken cancellationToken)
    {
        var body = JsonBytes.Of(
            ("name", flow.Name),
            ("categories", JsonBytes.List(flow.Categories)),
            ("endpoint_uri", flow.EndpointUri?.ToString()),
            ("clone_flow_id", flow.CloneFlowId),
            ("flow_json", flow.Json));
        using var answer = await PostAsync(account, $"{GraphId.Check(businessAccountId)}/flows", body, cancellationToken);
        return FlowReading.Saved(answer.RootElement) ?? throw Unreadable(SendFate.MaybeSent);
    }

    /// <summary>The Flows of an account, a page at a time.</summary>
    public async Task<Page<FlowInfo>> ListFlowsAsync(
        CloudApiAccount account, string businessAccountId, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = Query.Of(("fields", FlowReading.Fields), ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("after", after));
        using var answer = await GetAsync(account, $"{GraphId.Check(businessAccountId)}/flows{query}", cancellationToken);
        return Page<FlowInfo>.Read(answer.RootElement, FlowReading.Flow);
    }

    public async Task<FlowInfo> GetFlowAsync(CloudApiAccount account, string flowId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(flowId)}{Query.Of(("fields", FlowReading.Fields))}", cancellationToken);
        return FlowReading.Flow(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Changes name, categories or endpoint; what is null stays.</summary>
    public Task UpdateFlowAsync(
        CloudApiAccount account, string flowId, string? name, IReadOnlyList<string>? categories, Uri? endpoint, CancellationToken cancellationToken) =>
        SucceedAsync(
            account,
            GraphId.Check(flowId),
            JsonBytes.Of(("name", name), ("categories", categories is null ? null : JsonBytes.List(categories)), ("endpoint_uri", endpoint?.ToString())),
            cancellationToken);

    /// <summary>Puts the screens of a draft in place: a file of Flow JSON, 10 MB at most.</summary>
    /// <returns>What is wrong with it; a Flow with errors is kept and cannot be published.</returns>
    /// <exception cref="CloudApiException">139001: the Flow is published.</exception>
    public async Task<IReadOnlyList<FlowJsonError>> UploadFlowJsonAsync(
        CloudApiAccount account, string flowId, string json, CancellationToken cancellationToken)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var form = new MultipartFormDataContent
        {
            { new StringContent("flow.json"), "name" },
            { new StringContent("FLOW_JSON"), "asset_type" },
            { file, "file", "flow.json" },
        };
        using var answer = await _graph.CallAsync(
            account, new(HttpMethod.Post, $"{GraphId.Check(flowId)}/assets", form, options.ManageTimeout), cancellationToken);
        return FlowReading.Errors(answer.RootElement);
    }

    /// <summary>Lets the Flow be sent to everybody. It cannot be changed afterwards.</summary>
    /// <exception cref="CloudApiException">139002: it has errors, or is no draft.</exception>
    public Task PublishFlowAsync(CloudApiAccount account, string flowId, CancellationToken cancellationToken) =>
        SucceedAsync(account, $"{GraphId.Check(flowId)}/publish", body: null, cancellationToken);

    /// <summary>Retires a published Flow: it is not sent any more.</summary>
    /// <exception cref="CloudApiException">139003: it is not published.</exception>
    public Task DeprecateFlowAsync(CloudApiAccount account, string flowId, CancellationToken cancellationToken) =>
        SucceedAsync(account, $"{GraphId.Check(flowId)}/deprecate", body: null, cancellationToken);

    /// <summary>Deletes a draft.</summary>
    /// <exception cref="CloudApiException">139004: it was published; retire it instead.</exception>
    public Task DeleteFlowAsync(CloudApiAccount account, string flowId, CancellationToken cancellationToken) =>
        DeleteAsync(account, GraphId.Check(flowId), cancellationToken);
}
