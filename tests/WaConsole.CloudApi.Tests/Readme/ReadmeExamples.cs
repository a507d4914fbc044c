using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.CloudApi.Tests.Readme;

/// <summary>
/// The examples of the package's README, so that they compile; <see cref="ReadmeTests"/> compares the two. Never run.
/// </summary>
internal sealed class ReadmeExamples(
    CloudApiClient client,
    CloudApiAccount account,
    string phoneNumberId,
    string businessAccountId,
    string wamid,
    string mediaId,
    string templateId,
    string appId,
    CancellationToken cancellationToken)
{
    private readonly List<object?[]> _kept = [];

    public static void Register(IServiceCollection services)
    {
        services.AddCloudApi();     // time-outs: AddCloudApi(options => …); then inject CloudApiClient
    }

    public static CloudApiAccount Account(string accessToken)
    {
        var account = new CloudApiAccount(new Uri("https://graph.facebook.com"), "v26.0", accessToken);
        return account;
    }

    public async Task SendAsync()
    {
        var message = new OutboundMessage(new Recipient.Phone("+4917012345678"), new OutboundContent.Text("Your bread is ready."))
        {
            ReplyToWamid = "wamid.IN",
            CallbackData = "outbox:42",     // comes back in every status
        };
        SendAccepted accepted = await client.SendAsync(account, phoneNumberId, message, cancellationToken);

        await client.SendMarketingAsync(
            account, phoneNumberId, message, new MarketingOptions(Strict: true), cancellationToken);
        Keep(accepted);
    }

    public void Contents()
    {
        var question = new OutboundContent.Interactive(new InteractiveContent.Buttons(
            "Shall we keep it for you?", [new ReplyButton("keep", "Yes, please"), new ReplyButton("drop", "No, thanks")]));

        var template = new OutboundContent.Template("pickup_ready", "en_US",
        [
            new TemplateComponent.Header(new TemplateParameter.Image(new MediaRef.Id(mediaId))),
            TemplateComponent.Body.Named([new("first_name", "Ines"), new("shop", "Mill Lane")]),
            new TemplateComponent.QuickReplyButton(0, "on-my-way"),
        ]);

        var password = new OutboundContent.Template("login_code", "en_US", TemplateComponent.OneTimePassword("123456"));
        Keep(question, template, password);
    }

    public async Task FailAsync(OutboundMessage message)
    {
        try
        {
            await client.SendAsync(account, phoneNumberId, message, cancellationToken);
        }
        catch (CloudApiException failure) when (failure.Fate == SendFate.NotSent)
        {
            ErrorBookEntry advice = ErrorBook.Find(failure.Error);          // Never, Backoff, Fix or Window, and words for an agent
            ErrorScope stop = ErrorBook.ScopeOf(failure.Error.Code);        // this message, recipient, template, number or account
            TimeSpan? wait = failure.RetryAfter;
            Keep(advice, stop, wait);
        }
    }

    public async Task MarkReadAsync()
    {
        await client.MarkReadAsync(account, phoneNumberId, wamid, typing: true, cancellationToken);
    }

    public async Task MediaAsync(Stream file, Stream destination, long maxBytes)
    {
        string id = await client.UploadMediaAsync(account, phoneNumberId, file, "image/jpeg", "loaf.jpg", cancellationToken);

        MediaLocation location = await client.GetMediaAsync(account, id, phoneNumberId, cancellationToken);
        DownloadedMedia media = await client.DownloadMediaAsync(account, location, destination, maxBytes, cancellationToken);

        await client.DeleteMediaAsync(account, id, phoneNumberId, cancellationToken);

        string handle = await client.UploadForHandleAsync(account, appId, file, "image/jpeg", "loaf.jpg", cancellationToken);
        Keep(media, handle);
    }

    public async Task TemplatesAsync()
    {
        string? after = null;
        do
        {
            TemplatePage page = await client.ListTemplatesAsync(account, businessAccountId, after, limit: 100, cancellationToken);
            after = page.Next;
        }
        while (after is not null);

        TemplateCreated created = await client.CreateTemplateAsync(
            account,
            businessAccountId,
            new TemplateDraft("pickup_ready", "en_US", "UTILITY",
            [
                new TemplatePart.Body("Hello {{first_name}}, your bread is waiting.", [new TemplateSample("Ines", "first_name")]),
                new TemplatePart.Buttons([new TemplateButton.QuickReply("On my way")]),
            ])
            {
                Named = true,
            },
            cancellationToken);

        TemplateInfo stored = await client.GetTemplateAsync(account, created.Id, cancellationToken);
        await client.EditTemplateAsync(account, created.Id, new TemplateEdit { TtlSeconds = 3600 }, cancellationToken);
        string? whyNot = await client.UnpauseTemplateAsync(account, created.Id, cancellationToken);
        await client.DeleteTemplateAsync(account, businessAccountId, created.Id, stored.Name, cancellationToken);

        Page<LibraryTemplate> library = await client.SearchTemplateLibraryAsync(
            account, new LibraryQuery(Topic: "ORDER_MANAGEMENT", Language: "en_US"), after: null, cancellationToken);
        await client.CreateFromLibraryAsync(
            account, businessAccountId, new LibraryDraft("track", "en_US", "UTILITY", library.Items[0].Name), cancellationToken);
        Keep(whyNot);
    }

    public async Task NumbersAsync()
    {
        string added = await client.AddNumberAsync(account, businessAccountId, "351", "912345678", "Mill Lane", cancellationToken);
        await client.RequestCodeAsync(account, added, CodeMethod.Sms, "en_US", cancellationToken);
        await client.VerifyCodeAsync(account, added, "123830", cancellationToken);
        await client.RegisterAsync(account, added, pin: "212834", dataRegion: null, cancellationToken);

        IReadOnlyList<NumberInfo> numbers = await client.ListNumbersAsync(account, businessAccountId, cancellationToken);
        NumberDetails details = await client.GetNumberDetailsAsync(account, added, cancellationToken);
        Keep(numbers, details);
    }

    public async Task AccountsAsync()
    {
        await client.SubscribeAppAsync(account, businessAccountId, callback: null, verifyToken: null, cancellationToken);
        IReadOnlyList<SubscribedApp> apps = await client.ListSubscribedAppsAsync(account, businessAccountId, cancellationToken);
        HealthStatus health = await client.GetHealthAsync(account, phoneNumberId, cancellationToken);
        BusinessAccountInfo about = await client.GetBusinessAccountAsync(account, businessAccountId, cancellationToken);
        TokenInfo token = await client.DebugTokenAsync(account, account.AccessToken, cancellationToken);
        await client.UnsubscribeAppAsync(account, businessAccountId, cancellationToken);
        Keep(apps, health, about, token);
    }

    public async Task ProfileAsync()
    {
        BusinessProfile profile = await client.GetProfileAsync(account, phoneNumberId, cancellationToken);
        await client.UpdateProfileAsync(
            account, phoneNumberId, new ProfileUpdate { About = "Fresh at six", Vertical = "RESTAURANT" }, cancellationToken);

        QrLink link = await client.CreateQrLinkAsync(account, phoneNumberId, "Is there bread left?", QrImage.Svg, cancellationToken);
        Page<QrLink> links = await client.ListQrLinksAsync(account, phoneNumberId, after: null, cancellationToken);
        await client.UpdateQrLinkAsync(account, phoneNumberId, link.Code, "What is left today?", cancellationToken);
        QrLink? same = await client.GetQrLinkAsync(account, phoneNumberId, link.Code, cancellationToken);
        await client.DeleteQrLinkAsync(account, phoneNumberId, link.Code, cancellationToken);

        ConversationalComponents offered = await client.GetConversationalComponentsAsync(account, phoneNumberId, cancellationToken);
        await client.SetConversationalComponentsAsync(
            account, phoneNumberId, offered with { Prompts = ["Where are you?"] }, cancellationToken);

        CommerceSettings commerce = await client.GetCommerceSettingsAsync(account, phoneNumberId, cancellationToken);
        await client.SetCommerceSettingsAsync(account, phoneNumberId, commerce with { IsCatalogVisible = true }, cancellationToken);

        IReadOnlyList<CatalogueInfo> catalogues = await client.ListCataloguesAsync(account, businessAccountId, cancellationToken);
        Page<ProductInfo> products = await client.ListProductsAsync(account, catalogues[0].Id, after: null, limit: 100, cancellationToken);

        BusinessUsername? username = await client.GetUsernameAsync(account, phoneNumberId, cancellationToken);
        await client.ClaimUsernameAsync(account, phoneNumberId, "mill.lane", move: false, cancellationToken);
        await client.DeleteUsernameAsync(account, phoneNumberId, cancellationToken);
        Keep(profile, links, same, username);
    }

    public async Task FlowsAsync(string json, string draftId)
    {
        FlowSaved made = await client.CreateFlowAsync(
            account, businessAccountId, new FlowDraft("Fitting", ["APPOINTMENT_BOOKING"]), cancellationToken);
        IReadOnlyList<FlowJsonError> errors = await client.UploadFlowJsonAsync(account, made.Id, json, cancellationToken);
        await client.UpdateFlowAsync(account, made.Id, "Fitting in Berlin", categories: null, endpoint: null, cancellationToken);
        await client.PublishFlowAsync(account, made.Id, cancellationToken);
        FlowInfo flow = await client.GetFlowAsync(account, made.Id, cancellationToken);
        Page<FlowInfo> flows = await client.ListFlowsAsync(account, businessAccountId, after: null, limit: 100, cancellationToken);
        await client.DeprecateFlowAsync(account, made.Id, cancellationToken);
        await client.DeleteFlowAsync(account, draftId, cancellationToken);
    }

    public async Task GroupsAsync()
    {
        string requestId = await client.CreateGroupAsync(account, phoneNumberId, new GroupDraft("Wednesday class", NeedsApproval: true), cancellationToken);
        Page<GroupSummary> groups = await client.ListGroupsAsync(account, phoneNumberId, after: null, limit: 100, cancellationToken);
        GroupDetails group = await client.GetGroupAsync(account, groups.Items[0].Id, cancellationToken);
        await client.UpdateGroupAsync(account, group.Id, "Thursday class", description: null, cancellationToken);
        string link = await client.ResetGroupLinkAsync(account, group.Id, cancellationToken);
        Page<GroupJoinRequest> waiting = await client.ListJoinRequestsAsync(account, group.Id, cancellationToken);
        GroupJoinResult letIn = await client.ApproveJoinRequestsAsync(account, group.Id, [waiting.Items[0].Id], cancellationToken);
        GroupJoinResult turnedAway = await client.RejectJoinRequestsAsync(account, group.Id, [waiting.Items[1].Id], cancellationToken);
        await client.RemoveFromGroupAsync(account, group.Id, [new Recipient.Phone("+4917012345678")], cancellationToken);
        await client.DeleteGroupAsync(account, group.Id, cancellationToken);
    }

    public async Task CustomersAsync()
    {
        BlockResult blocked = await client.BlockAsync(account, phoneNumberId, [new Recipient.UserId("DE.1")], cancellationToken);
        Page<BlockedCustomer> all = await client.ListBlockedAsync(account, phoneNumberId, after: null, limit: 100, cancellationToken);
        BlockResult freed = await client.UnblockAsync(account, phoneNumberId, [new Recipient.UserId("DE.1")], cancellationToken);
        await client.ForgetCustomerAsync(account, phoneNumberId, "DE.1", cancellationToken);

        IReadOnlyList<MessageEvent> past = await client.GetMessageHistoryAsync(account, phoneNumberId, wamid, cancellationToken);
        await client.ControlThreadAsync(
            account,
            phoneNumberId,
            new ThreadControl(new Recipient.UserId("DE.1"), ThreadAction.Pass, "customer_service"),
            cancellationToken);
        Keep(blocked, all, freed, past);
    }

    public async Task AnalyticsAsync(DateTime fromUtc, DateTime toUtc)
    {
        IReadOnlyList<MessageCount> counts = await client.GetMessageAnalyticsAsync(
            account, businessAccountId, new MessageAnalytics(fromUtc, toUtc, AnalyticsStep.Day), cancellationToken);
        IReadOnlyList<PricedVolume> prices = await client.GetPricingAnalyticsAsync(
            account,
            businessAccountId,
            new PricingAnalytics(fromUtc, toUtc, AnalyticsStep.Day, ["PRICING_CATEGORY", "PRICING_TYPE", "COUNTRY"]),
            cancellationToken);

        await client.EnableTemplateAnalyticsAsync(account, businessAccountId, cancellationToken);       // cannot be undone
        IReadOnlyList<TemplateCount> reads = await client.GetTemplateAnalyticsAsync(
            account, businessAccountId, [templateId], fromUtc, toUtc, cancellationToken);
        Keep(counts, prices, reads);
    }

    public static string? Handshake(
        string? mode, string? verifyToken, string? hubChallenge, IReadOnlyList<string> verifyTokens)
    {
        // GET: answer with the challenge, or 403
        string? challenge = WebhookHandshake.Answer(mode, verifyToken, hubChallenge, verifyTokens);
        return challenge;
    }

    public int Receive(ReadOnlyMemory<byte> body, string? signatureHeader, IReadOnlyList<string> appSecrets)
    {
        // POST: the raw bytes, before anything is parsed
        if (!WebhookSignature.Verify(body.Span, signatureHeader, appSecrets))
        {
            return 401;
        }

        foreach (WebhookItem item in WebhookReader.Read(body))
        {
            switch (item)
            {
                case InboundMessageItem message:
                    Keep(message.Wamid, message.FromUserId, message.From, message.Text);
                    break;
                case StatusItem status:
                    Keep(status.Wamid, status.Kind, status.CallbackData);
                    break;
                case WebhookItem.Unreadable bad:
                    Keep(bad.Reason);           // its neighbours are fine
                    break;
            }
        }

        return 200;
    }

    private void Keep(params object?[] values) => _kept.Add(values);
}
