using WaConsole.CloudApi;
using WaConsole.Simulator.World;

namespace WaConsole.Contract.Tests;

/// <summary>The verbs about numbers, account, profile and customers, in the order somebody would use them.</summary>
public sealed class ManagementTests(Wire wire) : IClassFixture<Wire>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CloudApiClient Api => wire.Client;

    private CloudApiAccount Me => wire.Account;

    [Fact]
    public async Task A_number_goes_from_application_to_activation()
    {
        var id = await Api.AddNumberAsync(Me, wire.BusinessAccount, "351", "912345678", "Alder & Oak Porto", Stop);
        await Api.RequestCodeAsync(Me, id, CodeMethod.Sms, "en_US", Stop);
        using var http = new HttpClient { BaseAddress = wire.Address };
        var code = System.Text.Json.JsonElement.Parse(await http.GetStringAsync($"/control/numbers/{id}/code", Stop)).GetProperty("code").GetString()!;
        await Api.VerifyCodeAsync(Me, id, code, Stop);
        await Api.RegisterAsync(Me, id, "212834", null, Stop);
        await Api.SetPinAsync(Me, id, "654321", Stop);
        await Api.RequestDisplayNameAsync(Me, id, "Alder & Oak", Stop);
        await Api.SetIdentityCheckAsync(Me, id, enabled: true, Stop);
        var details = await Api.GetNumberDetailsAsync(Me, id, Stop);
        Assert.Equal("CONNECTED", details.Number.Status);
        Assert.Contains(await Api.ListNumbersAsync(Me, wire.BusinessAccount, Stop), number => number.Id == id);
        await Api.DeregisterAsync(Me, id, Stop);
        Assert.NotEqual("CONNECTED", (await Api.GetNumberAsync(Me, id, Stop)).Status);
    }

    [Fact]
    public async Task The_account_tells_its_health_its_apps_and_its_token()
    {
        var account = await Api.GetBusinessAccountAsync(Me, wire.BusinessAccount, Stop);
        Assert.Equal(wire.BusinessAccount, account.Id);
        Assert.NotNull(await Api.GetHealthAsync(Me, wire.BusinessAccount, Stop));
        await Api.SubscribeAppAsync(Me, wire.BusinessAccount, null, null, Stop);
        Assert.NotEmpty(await Api.ListSubscribedAppsAsync(Me, wire.BusinessAccount, Stop));
        await Api.UnsubscribeAppAsync(Me, wire.BusinessAccount, Stop);
        Assert.Empty(await Api.ListSubscribedAppsAsync(Me, wire.BusinessAccount, Stop));
        await Api.SubscribeAppAsync(Me, wire.BusinessAccount, null, null, Stop);
        Assert.True((await Api.DebugTokenAsync(Me, Me.AccessToken, Stop)).IsValid);
    }

    [Fact]
    public async Task Profile_links_commands_shop_and_username_are_kept_as_set()
    {
        await Api.UpdateProfileAsync(Me, wire.Number, new() { About = "Open till six", Websites = ["https://alder-oak.example/"] }, Stop);
        Assert.Equal("Open till six", (await Api.GetProfileAsync(Me, wire.Number, Stop)).About);

        var link = await Api.CreateQrLinkAsync(Me, wire.Number, "Hello, a question about", QrImage.Png, Stop);
        Assert.NotNull(link.ImageUrl);
        await Api.UpdateQrLinkAsync(Me, wire.Number, link.Code, "Hello again", Stop);
        Assert.Equal("Hello again", (await Api.GetQrLinkAsync(Me, wire.Number, link.Code, Stop))!.Message);
        Assert.Contains((await Api.ListQrLinksAsync(Me, wire.Number, null, Stop)).Items, one => one.Code == link.Code);
        await Api.DeleteQrLinkAsync(Me, wire.Number, link.Code, Stop);

        await Api.SetConversationalComponentsAsync(Me, wire.Number, new(["Where is my order?"], [new("hours", "When we are open")]), Stop);
        var components = await Api.GetConversationalComponentsAsync(Me, wire.Number, Stop);
        Assert.Equal("hours", Assert.Single(components.Commands).Name);

        await Api.SetCommerceSettingsAsync(Me, wire.Number, new(IsCartEnabled: false, IsCatalogVisible: true), Stop);
        Assert.Equal(new CommerceSettings(false, true), await Api.GetCommerceSettingsAsync(Me, wire.Number, Stop));

        await Api.ClaimUsernameAsync(Me, wire.Number, "alder.oak.shoes", move: false, Stop);
        Assert.Equal("alder.oak.shoes", (await Api.GetUsernameAsync(Me, wire.Number, Stop))!.Name);
        await Api.DeleteUsernameAsync(Me, wire.Number, Stop);
    }

    [Fact]
    public async Task A_customer_is_blocked_and_let_back_in()
    {
        var (customer, _) = wire.SomebodyWhoWrote();

        var blocked = await Api.BlockAsync(Me, wire.Number, [new Recipient.UserId(customer.UserId)], Stop);
        Assert.Empty(blocked.Failed);
        Assert.Contains((await Api.ListBlockedAsync(Me, wire.Number, null, 50, Stop)).Items, one => one.UserId == customer.UserId);
        await Api.UnblockAsync(Me, wire.Number, [new Recipient.UserId(customer.UserId)], Stop);
        Assert.DoesNotContain((await Api.ListBlockedAsync(Me, wire.Number, null, 50, Stop)).Items, one => one.UserId == customer.UserId);
        await Api.ForgetCustomerAsync(Me, wire.Number, customer.UserId, Stop);
    }

    [Fact]
    public async Task A_file_comes_back_as_it_was_sent()
    {
        var id = await wire.MediaAsync("document");

        var location = await Api.GetMediaAsync(Me, id, wire.Number, Stop);
        using var kept = new MemoryStream();
        await Api.DownloadMediaAsync(Me, location, kept, 10_000_000, Stop);

        Assert.Equal(Simulator.Media.Samples.File("document").Bytes, kept.ToArray());
        var other = await UploadAsync();
        await Api.DeleteMediaAsync(Me, other, wire.Number, Stop);
        await Assert.ThrowsAsync<CloudApiException>(() => Api.GetMediaAsync(Me, other, wire.Number, Stop));
    }

    [Fact]
    public async Task A_template_is_listed_edited_paused_archived_and_deleted()
    {
        TemplateDraft draft = new("all_its_life", "en", "UTILITY", [new TemplatePart.Body("Your boots wait for you in the shop.")]);
        var created = await Api.CreateTemplateAsync(Me, wire.BusinessAccount, draft, Stop);
        await wire.UntilAsync(item => item is TemplateStatusItem { Event: "APPROVED" } news && news.TemplateId == created.Id);
        await Api.EditTemplateAsync(Me, created.Id, new() { Parts = [new TemplatePart.Body("Your boots are ready in the shop.")] }, Stop);
        var listed = await Api.ListTemplatesAsync(Me, wire.BusinessAccount, new TemplateFilter(Name: "all_its_life"), null, 10, Stop);
        Assert.Equal(created.Id, Assert.Single(listed.Templates).Id);
        await Api.DeleteTemplateAsync(Me, wire.BusinessAccount, created.Id, draft.Name, Stop);
        Assert.Empty((await Api.ListTemplatesAsync(Me, wire.BusinessAccount, new TemplateFilter(Name: "all_its_life"), null, 10, Stop)).Templates);

        var library = await Api.SearchTemplateLibraryAsync(Me, new LibraryQuery(), null, Stop);
        var example = library.Items[0];
        Assert.NotEmpty(example.Name);
        Assert.NotEmpty(await Api.PreviewAuthenticationAsync(Me, wire.BusinessAccount, ["en_US", "fr"], true, 5, Stop));
    }

    [Fact]
    public async Task Statistics_and_history_come_from_what_was_sent()
    {
        var (customer, _) = wire.SomebodyWhoWrote();
        var sent = await Api.SendAsync(Me, wire.Number, new(new Recipient.Phone(customer.Phone), new OutboundContent.Text("Hi")), Stop);
        await wire.UntilAsync(item => item is StatusItem { Kind: StatusKind.Delivered } one && one.Wamid == sent.Wamid);
        var (from, to) = (wire.World.Clock.GetUtcNow().UtcDateTime.Date, wire.World.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1));

        Assert.True((await Api.GetMessageAnalyticsAsync(Me, wire.BusinessAccount, new(from, to, AnalyticsStep.Day), Stop)).Sum(day => day.Sent) > 0);
        await Api.GetPricingAnalyticsAsync(Me, wire.BusinessAccount, new(from, to, AnalyticsStep.Day, ["PRICING_CATEGORY"]), Stop);
        await Api.EnableTemplateAnalyticsAsync(Me, wire.BusinessAccount, Stop);
        Assert.NotNull(await Api.GetMessageHistoryAsync(Me, wire.Number, sent.Wamid, Stop));
    }

    private async Task<string> UploadAsync()
    {
        using var content = new MemoryStream(Simulator.Media.Samples.File("image").Bytes);
        return await Api.UploadMediaAsync(Me, wire.Number, content, "image/jpeg", "boot.jpg", Stop);
    }
}
