using WaConsole.CloudApi;

namespace WaConsole.Contract.Tests;

/// <summary>The life of a Flow: client, simulator and reader over real HTTP.</summary>
public sealed class FlowTests(Wire wire) : IClassFixture<Wire>
{
    private const string Screens = """{"version":"7.0","screens":[{"id":"START","layout":{"type":"SingleColumnLayout","children":[]}}]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CloudApiClient Api => wire.Client;

    private CloudApiAccount Me => wire.Account;

    [Fact]
    public async Task A_flow_is_made_filled_published_and_retired()
    {
        var made = await Api.CreateFlowAsync(Me, wire.BusinessAccount, new("Fitting", ["APPOINTMENT_BOOKING"]), Stop);
        await StatusAsync(made.Id, "DRAFT");
        await RefusedAsync(139002, () => Api.PublishFlowAsync(Me, made.Id, Stop));
        Assert.Contains("version", Assert.Single(await Api.UploadFlowJsonAsync(Me, made.Id, Screens.Replace("version", "edition", StringComparison.Ordinal), Stop)).Message!, StringComparison.Ordinal);
        await RefusedAsync(139002, () => Api.PublishFlowAsync(Me, made.Id, Stop));
        Assert.Empty(await Api.UploadFlowJsonAsync(Me, made.Id, Screens, Stop));
        await Api.UpdateFlowAsync(Me, made.Id, "Fitting in Berlin", null, new("https://alder-oak.example/flow"), Stop);
        await RefusedAsync(139003, () => Api.DeprecateFlowAsync(Me, made.Id, Stop));

        await Api.PublishFlowAsync(Me, made.Id, Stop);

        await StatusAsync(made.Id, "PUBLISHED");
        var flow = await Api.GetFlowAsync(Me, made.Id, Stop);
        Assert.Equal(("Fitting in Berlin", "PUBLISHED", "7.0"), (flow.Name, flow.Status, flow.JsonVersion));
        await RefusedAsync(139001, () => Api.UploadFlowJsonAsync(Me, made.Id, Screens, Stop));
        await RefusedAsync(139004, () => Api.DeleteFlowAsync(Me, made.Id, Stop));
        await Api.DeprecateFlowAsync(Me, made.Id, Stop);
        await StatusAsync(made.Id, "DEPRECATED");
    }

    [Fact]
    public async Task A_clone_takes_the_screens_along_and_a_draft_can_be_deleted()
    {
        var first = await Api.CreateFlowAsync(Me, wire.BusinessAccount, new("Survey", ["SURVEY"], Json: Screens), Stop);
        var second = await Api.CreateFlowAsync(Me, wire.BusinessAccount, new("Survey again", ["SURVEY"], CloneFlowId: first.Id), Stop);

        await Api.PublishFlowAsync(Me, second.Id, Stop);
        await Api.DeleteFlowAsync(Me, first.Id, Stop);

        var left = (await Api.ListFlowsAsync(Me, wire.BusinessAccount, null, 100, Stop)).Items;
        Assert.DoesNotContain(left, flow => flow.Id == first.Id);
        Assert.Contains(left, flow => flow.Id == second.Id && flow.Status == "PUBLISHED");
    }

    private Task StatusAsync(string id, string status) => wire.UntilAsync(item => item is FlowItem flow && flow.FlowId == id && flow.NewStatus == status);

    private static async Task RefusedAsync(int code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<CloudApiException>(call)).Error.Code);
}
