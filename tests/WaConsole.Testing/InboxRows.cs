using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Testing;

/// <summary>
/// Conversations as they would be after intake, for tests of screens. Like a verb, every change is published after its commit.
/// </summary>
public sealed class InboxRows(CoreHost host)
{
    private DateTime Now => host.Get<WhatsAppClock>().UtcNow;

    public async Task<Agent> AgentAsync(string name, Role role = Role.Agent) => await host.WithDbAsync(async db =>
    {
        var agent = new Agent
        {
            UserName = $"{Guid.CreateVersion7():N}@example.test",
            DisplayName = name,
            Role = role,
            SecurityStamp = "stamp",
            CreatedAtUtc = Now,
        };
        agent.Email = agent.UserName;
        agent.NormalizedUserName = agent.NormalizedEmail = agent.UserName.ToUpperInvariant();
        db.Users.Add(agent);
        await db.SaveChangesAsync();
        return agent;
    });

    /// <summary>What the worker does when somebody asked for it.</summary>
    public Task<bool> ReadRegistryAsync() => host.Get<VerifyDaily>().RunAsync(() => { }, CancellationToken.None);

    /// <summary>As somebody does who has the database file.</summary>
    public Task ByHandAsync(FormattableString sql) => host.WithDbAsync(db => db.Database.ExecuteSqlAsync(sql));

    public Task RoleAsync(long agentId, Role role) => host.WithDbAsync(
        db => db.Users.Where(u => u.Id == agentId).ExecuteUpdateAsync(set => set.SetProperty(u => u.Role, role)));

    public Task NumberPhoneAsync(string phone) => host.WithDbAsync(
        db => db.Numbers.Where(n => n.Id == host.NumberId).ExecuteUpdateAsync(set => set.SetProperty(n => n.DisplayPhoneNumber, phone)));

    /// <param name="windowLeft">What is left of the service window; null when the customer never wrote.</param>
    public async Task<long> ConversationAsync(string name, TimeSpan? windowLeft, long? assigneeId = null)
    {
        var id = await host.WithDbAsync(async db =>
        {
            var contact = new Contact
            {
                ProfileName = name,
                Phone = $"4917{Random.Shared.Next(10_000_000, 99_999_999)}",
                SearchText = name.ToLowerInvariant(),
                CreatedAtUtc = Now,
            };
            var conversation = new Conversation
            {
                Contact = contact,
                NumberId = host.NumberId,
                AssigneeId = assigneeId,
                LastActivityAtUtc = Now,
                LastKind = MessageKind.Text,
                LastDirection = MessageDirection.Inbound,
                WindowExpiresAtUtc = Now + windowLeft,
                CreatedAtUtc = Now,
            };
            db.Conversations.Add(conversation);
            await db.SaveChangesAsync();
            return conversation.Id;
        });
        Publish(id);
        return id;
    }

    /// <summary>Takes a conversation without messages away unseen, as another program might.</summary>
    public Task RemoveAsync(long id) => host.WithDbAsync(db => db.Conversations.Where(c => c.Id == id).ExecuteDeleteAsync());

    /// <summary>Many at once, older than everything else: Customer 0 is the oldest.</summary>
    public Task CustomersAsync(int count) => host.WithDbAsync(async db =>
    {
        for (var i = 0; i < count; i++)
        {
            db.Conversations.Add(new Conversation
            {
                Contact = new Contact { ProfileName = $"Customer {i}", SearchText = $"customer {i}" },
                NumberId = host.NumberId,
                LastActivityAtUtc = DateTime.UnixEpoch.AddMinutes(i),
            });
        }

        await db.SaveChangesAsync();
    });

    /// <summary>The customer writes: a line, the row, the window.</summary>
    public Task<long> SaysAsync(long conversationId, string text, bool opensWindow = true) => LineAsync(conversationId, new Message
    {
        Direction = MessageDirection.Inbound,
        Kind = MessageKind.Text,
        Text = text,
    }, opensWindow);

    /// <summary>What waited for its customer goes, for those who have written.</summary>
    public Task DeliverDraftsAsync() => host.Get<DeliverDrafts>().RunAsync(() => { }, CancellationToken.None);

    /// <param name="conversationId">Whose thread.</param>
    /// <param name="text">What was said.</param>
    /// <param name="status">How far it came.</param>
    /// <param name="errorCode">Why it failed.</param>
    /// <param name="isFromHere">Written in the console, and not on the business's phone.</param>
    public Task<long> AnsweredAsync(
        long conversationId, string text, DeliveryStatus status, int? errorCode = null, bool isFromHere = false) => LineAsync(conversationId, new Message
        {
            ClientKey = isFromHere ? Guid.CreateVersion7() : null,
            Direction = MessageDirection.Outbound,
            Kind = MessageKind.Text,
            Text = text,
            Status = status,
            StatusAtUtc = Now,
            ErrorCode = errorCode,
            AuthorName = "Ana Marković",
        });

    public async Task StatusAsync(long conversationId, long messageId, DeliveryStatus status)
    {
        await host.WithDbAsync(async db =>
        {
            await db.Messages.Where(m => m.Id == messageId)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, status).SetProperty(m => m.StatusAtUtc, Now));
        });
        host.Get<LiveUpdates>().Publish(
            new MessageChanged(host.NumberId, conversationId, messageId), new InboxChanged(host.NumberId, conversationId));
    }

    /// <summary>WhatsApp told what it charges for one of ours.</summary>
    public Task ChargedAsync(long messageId, string category) => host.WithDbAsync(db => db.Messages.Where(m => m.Id == messageId)
        .ExecuteUpdateAsync(set => set.SetProperty(m => m.PricingType, "regular").SetProperty(m => m.PricingCategory, category)));

    public Task<long> PictureAsync(long conversationId, MediaState state) => LineAsync(conversationId, new Message
    {
        Direction = MessageDirection.Inbound,
        Kind = MessageKind.Image,
        MediaFile = new MediaFile
        {
            Key = Guid.CreateVersion7(),
            State = state,
            ConversationId = conversationId,
            MimeType = "image/jpeg",
            SizeBytes = 10,
            FileName = "boots.jpg",
            Width = 400,
            Height = 300,
            Failure = state == MediaState.Failed ? "WhatsApp no longer has this file." : null,
            CreatedAtUtc = Now,
        },
    });

    /// <summary>The customer sends what is more than words.</summary>
    public Task<long> ContentAsync(long conversationId, MessageKind kind, MessageContent content) => LineAsync(conversationId, new Message
    {
        Direction = MessageDirection.Inbound,
        Kind = kind,
        ContentJson = ContentJson.Write(content),
    });

    public async Task TemplateAsync(string name, string componentsJson, string status = "APPROVED", string category = "UTILITY") =>
        await host.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = host.AccountId,
                WhatsAppId = name,
                Name = name,
                Language = "en",
                Status = status,
                Category = category,
                ComponentsJson = componentsJson,
                SyncedAtUtc = Now,
            });
            await db.SaveChangesAsync();
        });

    /// <summary>The same in a language of its own; returns its id.</summary>
    public Task TemplateUsedAsync(string name, DateOnly lastOn) => host.WithDbAsync(db => db.Templates.Where(t => t.Name == name)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedOn, lastOn)));

    public async Task<long> TemplateInAsync(string name, string language, string status)
    {
        var id = await host.WithDbAsync(async db =>
        {
            var template = new Template
            {
                BusinessAccountId = host.AccountId,
                WhatsAppId = $"{name}.{language}",
                Name = name,
                Language = language,
                Status = status,
                Category = "MARKETING",
                ComponentsJson = """[{"type":"BODY","text":"Back in stock"}]""",
            };
            db.Templates.Add(template);
            await db.SaveChangesAsync();
            return template.Id;
        });
        host.Get<LiveUpdates>().Publish(new TemplatesChanged(host.AccountId));
        return id;
    }

    /// <summary>Something of the library that everybody may send.</summary>
    public Task LibraryFileAsync(string name, string mimeType) => host.WithDbAsync(async db =>
    {
        var file = new MediaFile
        {
            Key = Guid.CreateVersion7(),
            State = MediaState.Ready,
            MimeType = mimeType,
            FileName = $"{name}.{mimeType[(mimeType.IndexOf('/') + 1)..]}",
            SizeBytes = 10,
            IsInLibrary = true,
        };
        db.MediaFiles.Add(file);
        await db.SaveChangesAsync();
        db.LibraryItems.Add(new LibraryItem
        {
            MediaFileId = file.Id,
            Name = name,
            AddedAtUtc = Now,
        });
        await db.SaveChangesAsync();
    });

    public Task TemplateComponentsAsync(long id, string category, string components) => host.WithDbAsync(db => db.Templates.Where(t => t.Id == id)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.Category, category).SetProperty(t => t.ComponentsJson, components)));

    public async Task TemplateStatusAsync(long id, string status)
    {
        await host.WithDbAsync(db => db.Templates.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, status)));
        host.Get<LiveUpdates>().Publish(new TemplatesChanged(host.AccountId));
    }

    /// <summary>WhatsApp says the same twice in one moment.</summary>
    public Task TemplateHeardTwiceAsync(long id, string status) => host.WithDbAsync(async db =>
    {
        db.TemplateEvents.AddRange(Enumerable.Range(0, 2).Select(_ => new TemplateEvent
        {
            BusinessAccountId = host.AccountId,
            TemplateId = id,
            Kind = TemplateEventKind.StatusChanged,
            AtUtc = Now,
            ToWord = status,
        }));
        await db.SaveChangesAsync();
    });

    /// <summary>It went, and nobody was told yet.</summary>
    public Task TemplateGoneAsync(long id) => host.WithDbAsync(db =>
        db.Templates.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.DeletedAtUtc, Now)));

    /// <summary>A reading of the templates that never ended.</summary>
    public Task TemplateSyncBegunAsync() => host.WithDbAsync(db =>
        db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncStartedAtUtc, Now)));

    /// <summary>As after an answer of WhatsApp that concerns the number and no single message.</summary>
    public Task StopSendingAsync() => host.WithDbAsync(db =>
        db.Numbers.ExecuteUpdateAsync(set => set.SetProperty(n => n.SendingStoppedAtUtc, Now)));

    public async Task<int> MessagesAsync(long conversationId) =>
        await host.WithDbAsync(db => db.Messages.CountAsync(m => m.ConversationId == conversationId));

    public void Publish(long conversationId) => host.Get<LiveUpdates>().Publish(
        new ConversationChanged(host.NumberId, conversationId), new InboxChanged(host.NumberId, conversationId));

    private async Task<long> LineAsync(long conversationId, Message message, bool opensWindow = false)
    {
        var id = await host.WithDbAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId);
            message.ConversationId = conversationId;
            message.NumberId = conversation.NumberId;
            message.SentAtUtc = message.CreatedAtUtc = Now;
            db.Messages.Add(message);
            await db.SaveChangesAsync();

            conversation.LastMessageId = message.Id;
            conversation.LastActivityAtUtc = Now;
            conversation.LastPreview = message.Text;
            conversation.LastKind = message.Kind;
            conversation.LastDirection = message.Direction;
            conversation.LastStatus = message.Status;
            if (message.Direction == MessageDirection.Inbound)
            {
                conversation.UnreadCount++;
                conversation.FirstUnreadMessageId ??= message.Id;
            }

            if (opensWindow)
            {
                conversation.WindowOpenedAtUtc = Now;
                conversation.WindowExpiresAtUtc = ServiceWindow.ExpiresAt(Now);
            }

            await db.SaveChangesAsync();
            return message.Id;
        });
        host.Get<LiveUpdates>().Publish(
            new MessageChanged(host.NumberId, conversationId, id),
            new HeaderChanged(host.NumberId, conversationId),
            new InboxChanged(host.NumberId, conversationId));
        return id;
    }
}
