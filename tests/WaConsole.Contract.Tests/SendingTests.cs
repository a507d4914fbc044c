using WaConsole.CloudApi;

namespace WaConsole.Contract.Tests;

/// <summary>What the client builds, the simulator accepts, and the receipts of it are read back.</summary>
public sealed class SendingTests(Wire wire) : IClassFixture<Wire>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EverySend.Data), MemberType = typeof(EverySend))]
    public async Task Each_kind_is_accepted_and_its_receipts_come_back(Send send)
    {
        var (customer, wamid) = wire.SomebodyWhoWrote(send.Country);
        var message = new OutboundMessage(new Recipient.Phone(customer.Phone), await send.ContentAsync(wire, wamid))
        {
            ReplyToWamid = send.Name.StartsWith("reaction", StringComparison.Ordinal) ? null : wamid,
            CallbackData = send.Name,
        };

        var accepted = await wire.Client.SendAsync(wire.Account, wire.Number, message, Stop);

        // A reaction is told of as sent and no more (Meta, Reaction messages, 2025).
        var last = send.Name.StartsWith("reaction", StringComparison.Ordinal) ? StatusKind.Sent : StatusKind.Read;
        var items = await wire.UntilAsync(item => item is StatusItem status && status.Kind >= last && status.Wamid == accepted.Wamid);
        Assert.All(
            items.OfType<StatusItem>().Where(status => status.Wamid == accepted.Wamid),
            status => Assert.Equal(send.Name, status.CallbackData));
    }

    [Theory]
    [MemberData(nameof(EveryTemplate.Data), MemberType = typeof(EveryTemplate))]
    public async Task Each_template_is_created_approved_and_sent(TemplateCase template)
    {
        var (customer, _) = wire.SomebodyWhoWrote();
        var draft = await template.DraftAsync(wire);
        var created = await wire.Client.CreateTemplateAsync(wire.Account, wire.BusinessAccount, draft, Stop);
        await wire.UntilAsync(item => item is TemplateStatusItem { Event: "APPROVED" } news && news.TemplateId == created.Id);

        // Sign-in codes go to phone numbers only: 131062 otherwise (Meta, Business-scoped user ids, 2026).
        Recipient to = draft.Category == "AUTHENTICATION" ? new Recipient.Phone(customer.Phone) : new Recipient.UserId(customer.UserId);
        var accepted = await wire.Client.SendAsync(
            wire.Account,
            wire.Number,
            new(to, new OutboundContent.Template(draft.Name, draft.Language, await template.ValuesAsync(wire))),
            Stop);

        await wire.UntilAsync(item => item is StatusItem { Kind: StatusKind.Delivered } one && one.Wamid == accepted.Wamid);
        var kept = await wire.Client.GetTemplateAsync(wire.Account, created.Id, Stop);
        Assert.Equal((draft.Name, draft.Language, "APPROVED"), (kept.Name, kept.Language, kept.Status));
    }

    public static TheoryData<string> Refused =>
        [.. EverySend.Refused.Select(one => new TheoryDataRow<string>(one.Send.Name))];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_may_not_be_sent_is_refused_with_the_right_code(string name)
    {
        var (send, code) = EverySend.Refused.Single(one => one.Send.Name == name);
        var (customer, wamid) = wire.SomebodyWhoWrote();

        var refused = await Assert.ThrowsAsync<CloudApiException>(async () => await wire.Client.SendAsync(
            wire.Account, wire.Number, new(new Recipient.Phone(customer.Phone), await send.ContentAsync(wire, wamid)), Stop));

        Assert.Equal((code, SendFate.NotSent), (refused.Error.Code, refused.Fate));
    }

    [Fact]
    public async Task A_message_is_marked_read_with_the_typing_sign()
    {
        var (_, wamid) = wire.SomebodyWhoWrote();

        await wire.Client.MarkReadAsync(wire.Account, wire.Number, wamid, typing: true, Stop);
    }
}
