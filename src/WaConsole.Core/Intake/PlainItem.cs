using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;

namespace WaConsole.Core.Intake;

/// <summary>
/// An item of the two kinds that make up nearly all traffic, a customer's message or the status of one of ours, with the keys of the rows
/// it touches. Everything else, and what turns out not to be plain, is handled one at a time by its own verb.
/// </summary>
internal abstract record PlainItem(ReadItem Read, Delivery Delivery, ItemOrigin Origin, string Wamid)
{
    /// <returns>Null when the item is not plain.</returns>
    public static PlainItem? Of(ReadItem read, Delivery delivery, ItemOrigin origin) => read.Item switch
    {
        StatusItem { IsPayment: false } status when !RecordStatus.EndsConsent(status) && !RecordStatus.IsOfReaction(status) => new Status(read, delivery, origin, status),
        InboundMessageItem
        {
            GroupId: null or "", System: null,
            Kind: not (CloudApi.MessageKind.Reaction or CloudApi.MessageKind.Edit or CloudApi.MessageKind.Revoke),
        } message when origin.NumberId is { } number && ReceiveMessage.SenderOf(message, origin.Account.PortfolioId) is { HasKey: true } from
            && !HearWish.IsIn(message) && !HearAgreement.IsIn(message) =>
            new Message(read, delivery, origin, message, from, number),
        _ => null,
    };

    internal sealed record Status(ReadItem Read, Delivery Delivery, ItemOrigin Origin, StatusItem Item)
        : PlainItem(Read, Delivery, Origin, ReceivedMessage.WamidOf(Item.Wamid))
    {
        public MessageStatusFact Fact { get; } = RecordStatus.FactOf(Item);

        public Guid? ClientKey { get; } = RecordStatus.ClientKeyOf(Item);

        /// <summary>Whom the status names, for a contact that has no user id yet.</summary>
        public PersonIdentity? Recipient(string? phone) => RecordStatus.RecipientOf(Item, Origin.Account.PortfolioId, phone);

        /// <summary>Whom it shows behind the number of the contact in its place.</summary>
        public PersonIdentity? Newcomer(Contact contact) => RecordStatus.NewcomerOf(Item, Origin.Account.PortfolioId, contact);
    }

    internal sealed record Message(ReadItem Read, Delivery Delivery, ItemOrigin Origin, InboundMessageItem Item, PersonIdentity From, long NumberId)
        : PlainItem(Read, Delivery, Origin, ReceivedMessage.WamidOf(Item.Wamid))
    {
        public string? Quoted { get; } = ReceivedMessage.QuotedOf(Item);
    }
}
