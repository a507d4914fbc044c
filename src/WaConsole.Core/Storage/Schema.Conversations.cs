using Microsoft.EntityFrameworkCore;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Hours;
using WaConsole.Core.Intake;
using WaConsole.Core.Library;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Storage;

/// <summary>Threads and what is written in them, what comes in, what goes out, and files.</summary>
internal static partial class Schema
{
    private static void Conversations(ModelBuilder builder)
    {
        builder.Entity<Conversation>(conversation =>
        {
            conversation.HasIndex(c => new { c.ContactId, c.NumberId }).IsUnique();

            // By activity: every row, of a number, of an assignee. InboxOrder names all leading columns and joins the ranges.
            conversation.HasIndex(c => new { c.Status, c.LastActivityAtUtc, c.Id });
            conversation.HasIndex(c => new { c.NumberId, c.Status, c.LastActivityAtUtc, c.Id });
            conversation.HasIndex(c => new { c.AssigneeId, c.NumberId, c.Status, c.LastActivityAtUtc, c.Id }, "IX_Conversations_Assignee");

            // The other sorts hold few rows and the filters' columns, so that what is filtered out costs no look at the table.
            conversation.HasIndex(c => new { c.WaitingSinceUtc, c.Id, c.Status, c.AssigneeId, c.NumberId }, "IX_Conversations_Waiting")
                .HasFilter("\"WaitingSinceUtc\" IS NOT NULL");
            conversation.HasIndex(c => new { c.WindowExpiresAtUtc, c.Id, c.Status, c.AssigneeId, c.NumberId }, "IX_Conversations_Window")
                .HasFilter("\"WindowExpiresAtUtc\" IS NOT NULL");
            conversation.HasIndex(c => new { c.LastActivityAtUtc, c.Id, c.Status, c.AssigneeId, c.NumberId, c.UnreadCount }, "IX_Conversations_Unread")
                .HasFilter("\"UnreadCount\" > 0");
            conversation.HasIndex(c => c.WindowExpiresAtUtc, "IX_Conversations_Expiring").HasFilter("NOT \"WindowExpiryAnnounced\"");
            conversation.HasIndex(c => c.WindowExpiresAtUtc, "IX_Conversations_Closing")
                .HasFilter("\"ClosingToldAtUtc\" IS NULL AND \"WaitingSinceUtc\" IS NOT NULL");
            conversation.HasIndex(c => c.SnoozedUntilUtc).HasFilter("\"SnoozedUntilUtc\" IS NOT NULL");
        });
        builder.Entity<Message>(message =>
        {
            message.HasIndex(m => m.Wamid).IsUnique();
            message.HasIndex(m => m.ClientKey).IsUnique();
            message.HasIndex(m => new { m.ConversationId, m.Id });
            message.HasIndex(m => m.MediaFileId);
            message.HasIndex(m => new { m.ConversationId, m.PricingCategory, m.SentAtUtc }, "IX_Messages_Charged").HasFilter("\"PricingType\" = 'regular'");
            message.HasIndex(m => new { m.ConversationId, m.Id }, "IX_Messages_Orders").HasFilter("\"Kind\" = 11");
            message.Property(m => m.Wamid).HasMaxLength(WhatsAppIdLength);
            message.Property(m => m.EstimateCurrency).HasMaxLength(8);
            message.Property(m => m.EstimateMarket).HasMaxLength(100);
            message.Property(m => m.ChargeCurrency).HasMaxLength(8);
            message.HasMany(m => m.Reactions).WithOne().HasForeignKey(r => r.MessageId);
        });
        builder.Entity<MessageStatusFact>(fact =>
        {
            fact.HasIndex(f => new { f.Wamid, f.Status, f.Participant }).IsUnique();
            fact.HasIndex(f => f.MessageId);
            fact.Property(f => f.Wamid).HasMaxLength(WhatsAppIdLength);
            fact.Property(f => f.Status).HasMaxLength(64);
            fact.Property(f => f.Participant).HasMaxLength(256);
        });
        builder.Entity<Reaction>().HasIndex(r => new { r.MessageId, r.FromCustomer }).IsUnique();
        builder.Entity<Draft>(draft =>
        {
            draft.HasKey(d => new { d.ConversationId, d.AgentId });
            draft.HasIndex(d => d.DeliverKey).IsUnique();
        });
    }

    private static void TeamWork(ModelBuilder builder)
    {
        // No foreign keys to the conversation: a merge moves the rows before it takes the thread away.
        builder.Entity<SavedView>(view =>
        {
            view.HasIndex(v => new { v.OwnerId, v.NameKey }).IsUnique();
            view.Property(v => v.Name).HasMaxLength(200);
            view.Property(v => v.NameKey).HasMaxLength(400);
        });
        builder.Entity<NumberHours>(hours =>
        {
            hours.HasKey(h => h.NumberId);
            hours.Property(h => h.NumberId).ValueGeneratedNever();
            hours.Property(h => h.TimeZone).HasMaxLength(100);
            hours.Ignore(h => h.Hours);
            hours.HasOne<Number>().WithOne().HasForeignKey<NumberHours>(h => h.NumberId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<AwayAnswer>(answer =>
        {
            answer.HasKey(a => a.ConversationId);
            answer.Property(a => a.ConversationId).ValueGeneratedNever();
        });
        builder.Entity<Participant>().HasKey(p => new { p.ConversationId, p.AgentId });
        builder.Entity<Notification>(notification =>
        {
            notification.HasIndex(n => new { n.AgentId, n.Id });
            notification.HasIndex(n => new { n.AgentId, n.ConversationId }).HasFilter("\"ReadAtUtc\" IS NULL");
            notification.HasIndex(n => n.ConversationId);
            notification.Property(n => n.Preview).HasMaxLength(Notification.MaxPreview);
        });
    }

    private static void CannedReplies(ModelBuilder builder) => builder.Entity<CannedReply>(reply =>
    {
        reply.HasIndex(r => new { r.OwnerId, r.ShortcutKey }).IsUnique();
        reply.Property(r => r.Shortcut).HasMaxLength(200);
        reply.Property(r => r.ShortcutKey).HasMaxLength(400);
    });

    private static void Intake(ModelBuilder builder)
    {
        builder.Entity<Delivery>(delivery =>
        {
            delivery.HasIndex(d => new { d.State, d.Id });
            delivery.HasIndex(d => d.ProcessedAtUtc);
        });
        builder.Entity<IntakeCounter>().HasKey(c => c.BusinessAccountId);
        builder.Entity<IntakeCounter>().Property(c => c.BusinessAccountId).ValueGeneratedNever();
        builder.Entity<ParkedItem>(parked =>
        {
            parked.HasIndex(p => p.ItemHash).IsUnique();
            parked.HasIndex(p => p.Wamid);
            parked.HasIndex(p => p.ExpiresAtUtc);
        });
        builder.Entity<QuarantinedItem>().HasIndex(q => q.ItemHash).IsUnique();
        builder.Entity<HandledItem>(handled =>
        {
            handled.HasKey(h => h.ItemHash);
            handled.Property(h => h.ItemHash).HasMaxLength(64);
            handled.HasIndex(h => h.HandledAtUtc);
        });
    }

    private static void Sending(ModelBuilder builder)
    {
        builder.Entity<OutboxEntry>(entry =>
        {
            entry.HasIndex(e => e.MessageId).IsUnique();
            // Only what is unsettled is looked for, and most rows are settled: each index holds the rows of its one question.
            entry.HasIndex(e => new { e.NumberId, e.Lane, e.NextAttemptAtUtc, e.Id }).HasFilter("\"State\" = 0");
            entry.HasIndex(e => e.NextAttemptAtUtc).HasFilter("\"State\" = 0");
            entry.HasIndex(e => e.DeadlineAtUtc).HasFilter("\"State\" = 0");
            entry.HasIndex(e => e.LeasedUntilUtc).HasFilter("\"State\" = 1");
            entry.HasIndex(e => new { e.ConversationId, e.Id }).HasFilter("\"State\" <= 1");
        });
        builder.Entity<ToldNotice>(told =>
        {
            told.HasIndex(t => new { t.ContactId, t.AtUtc });
            told.HasIndex(t => t.MessageId);
            told.Property(t => t.Fingerprint).HasMaxLength(64);
            told.Property(t => t.Channel).HasMaxLength(50);
            told.HasOne<Contact>().WithMany().HasForeignKey(t => t.ContactId).OnDelete(DeleteBehavior.Cascade);
            told.HasOne(t => t.Message).WithMany().HasForeignKey(t => t.MessageId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<PortfolioReach>(reach =>
        {
            // Counted, never joined: who was merged away or erased meanwhile was reached all the same, and a day later the row goes.
            reach.HasKey(r => new { r.PortfolioId, r.PersonId });
            reach.HasIndex(r => new { r.PortfolioId, r.AtUtc });
            reach.Property(r => r.PortfolioId).HasMaxLength(64);
        });
        builder.Entity<PaceOwner>().HasKey(o => o.NumberId);
        builder.Entity<PaceOwner>().Property(o => o.NumberId).ValueGeneratedNever();
    }

    private static void Media(ModelBuilder builder)
    {
        builder.Entity<MediaFile>(media =>
        {
            media.HasIndex(m => m.Key).IsUnique();
            media.HasIndex(m => new { m.State, m.NextAttemptAtUtc });
            media.HasIndex(m => new { m.ConversationId, m.Id });
            media.HasOne(m => m.Sound).WithOne().HasForeignKey<Sound>(s => s.MediaFileId);
        });
        builder.Entity<LibraryItem>(item =>
        {
            item.HasIndex(i => i.MediaFileId).IsUnique();
            item.Property(i => i.Name).HasMaxLength(200);
        });
        builder.Entity<Sound>(sound =>
        {
            sound.HasKey(s => s.MediaFileId);
            sound.Property(s => s.MediaFileId).ValueGeneratedNever();
            sound.HasIndex(s => new { s.State, s.NextAttemptAtUtc });
            sound.Property(s => s.Peaks).HasMaxLength(64);
        });
    }
}
