using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Countries;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Demo;

/// <summary>
/// Fills an empty database with a believable business, so that the first look is alive. Simulator mode only; the host decides that.
/// What it stores is what intake and sending would have stored.
/// </summary>
public sealed class SeedDemo
{
    private readonly Store _store;
    private readonly MediaStore _files;
    private readonly WhatsAppClock _whatsApp;

    internal SeedDemo(Store store, MediaStore files, WhatsAppClock whatsApp)
    {
        _store = store;
        _files = files;
        _whatsApp = whatsApp;
    }

    /// <param name="openHistory">Opens what to tell; only asked when there is nothing yet, so that a later start does not read it.</param>
    /// <param name="numbers">Our number ids by the scenario's keys.</param>
    /// <param name="people">Agents by the scenario's keys.</param>
    /// <param name="open">Opens a file that lies beside the scenario.</param>
    /// <param name="cancellationToken">Stops between conversations.</param>
    /// <returns>False when the database already holds a conversation: nothing was added.</returns>
    public async Task<bool> RunAsync(
        Func<Stream> openHistory,
        IReadOnlyDictionary<string, long> numbers,
        IReadOnlyDictionary<string, DemoPerson> people,
        Func<string, Stream> open,
        CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await db.Conversations.AnyAsync(cancellationToken))
        {
            return false;
        }

        var scenario = Read(openHistory);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        for (var index = 0; index < scenario.Conversations.Count; index++)
        {
            var told = scenario.Conversations[index];
            var conversation = await BeginAsync(db, told, numbers[told.Number], people, cancellationToken);
            await DemoConsent.ApplyAsync(db, scenario.Business, told, conversation, index, step => At(step), cancellationToken);
            List<Message> messages = [];
            for (var step = 0; step < told.Steps.Count; step++)
            {
                var message = await AddStepAsync(db, conversation, told.Steps[step], $"wamid.HIST{index:D3}{step:D3}", messages, people, open, cancellationToken);
                messages.Add(message);
            }

            Settle(conversation, told, messages);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static DemoScenario Read(Func<Stream> open)
    {
        using var json = open();
        return DemoScenario.Read(json);
    }

    private async Task<Conversation> BeginAsync(
        WaConsoleDb db, DemoConversation told, long numberId, IReadOnlyDictionary<string, DemoPerson> people, CancellationToken cancellationToken)
    {
        var number = await db.Numbers.Include(n => n.BusinessAccount).SingleAsync(n => n.Id == numberId, cancellationToken);
        var firstSeen = At(told.Steps[0]);
        var userId = told.UserId ?? DemoUserId(told.Phone!);
        var contact = new Contact { ProfileName = told.Name, Phone = told.Phone, UserId = userId, Username = told.Username, CreatedAtUtc = firstSeen };
        contact.Country = CountryOf.Person(told.Phone, userId);
        contact.SearchText = ContactSearchText.Of(contact);
        contact.Identifiers.Add(Identifier(IdentifierKind.UserId, userId, userId, number.BusinessAccount.PortfolioId, firstSeen));
        if (told.Phone is not null)
        {
            contact.Identifiers.Add(Identifier(IdentifierKind.Phone, told.Phone, PhoneMatchKey.Of(told.Phone), "", firstSeen));
        }

        if (told.Username is not null)
        {
            contact.Identifiers.Add(Identifier(IdentifierKind.Username, told.Username, told.Username, "", firstSeen));
        }

        var conversation = new Conversation
        {
            Contact = contact,
            NumberId = numberId,
            AssigneeId = told.Assignee is null ? null : people[told.Assignee].AgentId,
            Status = told.Status switch
            {
                "resolved" => ConversationStatus.Resolved,
                "pending" => ConversationStatus.Pending,
                _ => ConversationStatus.Open,
            },
            CreatedAtUtc = firstSeen,
            LastActivityAtUtc = firstSeen,
        };
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync(cancellationToken);
        return conversation;
    }

    private async Task<Message> AddStepAsync(
        WaConsoleDb db, Conversation conversation, DemoStep step, string wamid, List<Message> before,
        IReadOnlyDictionary<string, DemoPerson> people, Func<string, Stream> open, CancellationToken cancellationToken)
    {
        var at = At(step);
        var message = new Message
        {
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            SentAtUtc = at,
            CreatedAtUtc = at,
            Text = step.Text ?? "",
            Kind = DemoContent.KindOf(step),
            ContentJson = DemoContent.Of(step, people) is { } content ? ContentJson.Write(content) : null,
        };
        if (step.By == "activity")
        {
            db.Messages.Add(message);
            await db.SaveChangesAsync(cancellationToken);
            return message;
        }

        message.Wamid = wamid;
        message.Direction = step.By == "customer" ? MessageDirection.Inbound : MessageDirection.Outbound;
        if (message.Direction == MessageDirection.Outbound)
        {
            FillOutbound(message, step, people);
        }
        else if (step.Referral is not null)
        {
            conversation.ReferralJson = message.ContentJson;
        }

        if (step.Reply is { } quoted)
        {
            message.ReplyToMessageId = before[quoted].Id;
            message.ReplyToWamid = before[quoted].Wamid;
        }

        if ((step.File ?? step.HeaderFile) is { } file)
        {
            message.MediaFile = await KeepFileAsync(conversation, file, at, open, cancellationToken);
        }

        if (step.Reaction is not null)
        {
            message.Reactions.Add(new Reaction { FromCustomer = message.Direction == MessageDirection.Outbound, Emoji = step.Reaction, AtUtc = at.AddMinutes(1) });
        }

        db.Messages.Add(message);
        await db.SaveChangesAsync(cancellationToken);
        return message;
    }

    private static void FillOutbound(Message message, DemoStep step, IReadOnlyDictionary<string, DemoPerson> people)
    {
        var author = step.By == "system" ? null : people[step.By];
        message.AuthorId = author?.AgentId;
        message.AuthorName = author?.Name;
        message.ClientKey = Guid.CreateVersion7();
        message.TemplateName = step.Template;
        message.TemplateLanguage = step.Language;
        message.StatusAtUtc = message.SentAtUtc.AddMinutes(1);
        message.ErrorCode = step.Code;
        message.Status = step.Status switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "failed" => DeliveryStatus.Failed,
            _ => DeliveryStatus.Read,
        };
    }

    private async Task<MediaFile> KeepFileAsync(
        Conversation conversation, string name, DateTime at, Func<string, Stream> open, CancellationToken cancellationToken)
    {
        var key = Guid.CreateVersion7();
        var (type, hash, size) = await _files.WriteAsync(key, file => CopyAsync(open(name), file, cancellationToken), cancellationToken);
        return new MediaFile
        {
            Key = key,
            State = MediaState.Ready,
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            MimeType = type.MimeType,
            Sha256 = hash,
            SizeBytes = size,
            FileName = name,
            Sound = Sound.For(type.MimeType, at),
            CreatedAtUtc = at,
            NextAttemptAtUtc = at,
        };
    }

    private static async Task<(SniffedType Type, string Sha256, long Size)> CopyAsync(Stream source, FileStream file, CancellationToken cancellationToken)
    {
        await using (source)
        {
            await source.CopyToAsync(file, cancellationToken);
        }

        var head = await MediaStore.HeadAsync(file, cancellationToken);
        file.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        return (MediaTypes.Sniff(head), hash, file.Length);
    }

    private static void Settle(Conversation conversation, DemoConversation told, List<Message> messages)
    {
        var talk = messages.Where(message => message.Direction != MessageDirection.None).ToList();
        var last = talk[^1];
        ShowLast.Apply(conversation, last);
        conversation.UnreadCount = told.Unread;
        conversation.FirstUnreadMessageId = told.Unread == 0 ? null : talk[^told.Unread].Id;

        if (talk.LastOrDefault(message => message.Direction == MessageDirection.Inbound) is { } heard)
        {
            OpenWindow.By(conversation, heard.SentAtUtc);
        }

        var answered = talk.FindLastIndex(message => message.Direction == MessageDirection.Outbound);
        if (conversation.Status != ConversationStatus.Resolved && answered < talk.Count - 1)
        {
            conversation.WaitingSinceUtc = talk[answered + 1].SentAtUtc;
        }
    }

    private static ContactIdentifier Identifier(IdentifierKind kind, string value, string matchKey, string scope, DateTime seen) =>
        new() { Kind = kind, Value = value, MatchKey = matchKey, Scope = scope, FirstSeenAtUtc = seen, LastSeenAtUtc = seen };

    private static string DemoUserId(string phone) => $"{CountryOf.Person(phone, null) ?? "DE"}.9{phone}";

    private DateTime At(DemoStep step) => _whatsApp.UtcNow.AddMinutes(step.MinutesFromNow);
}

public sealed record DemoPerson(long AgentId, string Name);
