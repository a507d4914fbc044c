using Microsoft.EntityFrameworkCore;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Hours;
using WaConsole.Core.Intake;
using WaConsole.Core.Labels;
using WaConsole.Core.Library;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Numbers;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Sending;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Insight;

namespace WaConsole.Core.Storage;

/// <summary>Keys, lengths and indexes. Unique indexes are the only protection against doubles; each sort of a list has its index.</summary>
internal static class Schema
{
    /// <summary>WhatsApp promises no length for its ids; 256 and more have been seen for messages.</summary>
    private const int WhatsAppIdLength = 512;

    /// <summary>By which the contacts are sorted by name: a column of the database's own, derived from what the search reads, which begins with the name.</summary>
    public const string ContactSortKey = "SortKey";

    /// <summary>Characters. Long enough to tell people apart, short enough for an index.</summary>
    public const int SortKeyLength = 64;

    public static void Configure(ModelBuilder builder, bool isPostgres)
    {
        Team(builder);
        Numbers(builder);
        Labels(builder);
        Contacts(builder, isPostgres);
        ContactBook(builder);
        Conversations(builder);
        TeamWork(builder);
        CannedReplies(builder);
        Intake(builder);
        Sending(builder);
        Media(builder);
        Consent(builder);
        Capture(builder);
    }

    private static void Team(ModelBuilder builder)
    {
        builder.Entity<Agent>(agent =>
        {
            agent.ToTable("Agents");
            agent.Property(a => a.DisplayName).HasMaxLength(200);
            agent.Property(a => a.Language).HasMaxLength(Agent.MaxLanguage);
            agent.Property(a => a.TimeZone).HasMaxLength(Agent.MaxTimeZone);
        });
        builder.Entity<AgentNumber>().HasKey(n => new { n.AgentId, n.NumberId });
        builder.Entity<Invitation>(invitation =>
        {
            invitation.HasIndex(i => i.TokenHash).IsUnique();
            invitation.Property(i => i.TokenHash).HasMaxLength(64);
        });
        builder.Entity<ApiKey>(key =>
        {
            key.HasIndex(k => k.KeyHash).IsUnique();
            key.Property(k => k.KeyHash).HasMaxLength(64);
        });
    }

    private static void Numbers(ModelBuilder builder)
    {
        builder.Entity<BusinessAccount>().HasIndex(a => a.WhatsAppId).IsUnique();
        builder.Entity<Number>().HasIndex(n => n.PhoneNumberId).IsUnique();
        builder.Entity<Template>(template =>
        {
            template.HasIndex(t => new { t.BusinessAccountId, t.Name, t.Language }).IsUnique();
            template.Property(t => t.Name).HasMaxLength(512);
            template.Property(t => t.LibraryTemplateName).HasMaxLength(512);
            template.Property(t => t.Language).HasMaxLength(32);
        });
        builder.Entity<TemplateLinkClick>(click =>
        {
            click.HasKey(c => new { c.TemplateId, c.Day, c.Button });
            click.Property(c => c.Button).HasMaxLength(FetchLinkClicks.ButtonLength);
        });
        builder.Entity<TemplateDraft>(draft =>
        {
            draft.HasIndex(d => new { d.BusinessAccountId, d.ChangedAtUtc });
            draft.HasIndex(d => d.TemplateId);
            draft.Property(d => d.Name).HasMaxLength(512);
            draft.Property(d => d.Language).HasMaxLength(32);
            draft.Property(d => d.Category).HasMaxLength(64);
        });
        builder.Entity<TemplateDraftVersion>().HasIndex(v => new { v.DraftId, v.Version }).IsUnique();
        builder.Entity<TemplateDraftFile>(file =>
        {
            file.HasKey(f => new { f.DraftId, f.MediaFileId });
            file.HasIndex(f => f.MediaFileId);
        });
        builder.Entity<TemplateEvent>(happened =>
        {
            happened.HasIndex(e => new { e.TemplateId, e.AtUtc });
            happened.HasIndex(e => new { e.BusinessAccountId, e.Kind, e.AtUtc });
            happened.Property(e => e.FromWord).HasMaxLength(64);
            happened.Property(e => e.ToWord).HasMaxLength(64);
        });
        builder.Entity<TemplateTally>(tally =>
        {
            tally.HasKey(t => new { t.Name, t.Language, t.What, t.Day, t.NumberId, t.Detail });
            tally.HasIndex(t => new { t.NumberId, t.What, t.Day });
            tally.Property(t => t.Name).HasMaxLength(512);
            tally.Property(t => t.Language).HasMaxLength(32);
            tally.Property(t => t.Detail).HasMaxLength(64);
        });
        builder.Entity<TemplateNameTally>(tally =>
        {
            tally.HasKey(t => new { t.Name, t.What, t.Day, t.NumberId });
            tally.Property(t => t.Name).HasMaxLength(512);
        });
        builder.Entity<TemplateTick>(tick =>
        {
            tick.Property(t => t.Name).HasMaxLength(512);
            tick.Property(t => t.Language).HasMaxLength(32);
            tick.Property(t => t.Detail).HasMaxLength(64);
        });
    }

    private static void Contacts(ModelBuilder builder, bool isPostgres)
    {
        builder.Entity<ContactIdentifier>(identifier =>
        {
            // A retired number may belong to somebody else later; a username is never a key.
            identifier.HasIndex(i => new { i.Kind, i.Scope, i.MatchKey }).IsUnique()
                .HasFilter("\"RetiredAtUtc\" IS NULL AND \"Kind\" <> 4");
            identifier.HasIndex(i => i.MatchKey);
            identifier.Property(i => i.Value).HasMaxLength(WhatsAppIdLength);
            identifier.Property(i => i.MatchKey).HasMaxLength(WhatsAppIdLength);
            identifier.Property(i => i.Scope).HasMaxLength(64);
        });
        builder.Entity<Contact>(contact =>
        {
            contact.HasMany(c => c.Identifiers).WithOne(i => i.Contact).HasForeignKey(i => i.ContactId);
            contact.HasIndex(c => new { c.Country, c.Id });
            contact.HasIndex(c => c.Id, "IX_Contacts_OptedOut").HasFilter("\"OptedOutAtUtc\" IS NOT NULL");
            contact.HasIndex(c => c.Id, "IX_Contacts_Blocked").HasFilter("\"BlockedAtUtc\" IS NOT NULL");

            // Cut, because an index holds no value of any length, and by code point on both databases, so that pages mean the same.
            var key = contact.Property<string>(ContactSortKey);
            if (isPostgres)
            {
                key.HasComputedColumnSql($"left(\"SearchText\", {SortKeyLength})", stored: true).UseCollation("C");
            }
            else
            {
                key.HasComputedColumnSql($"substr(\"SearchText\", 1, {SortKeyLength})", stored: false);
            }

            contact.HasIndex(ContactSortKey, nameof(Contact.Id));
        });
        builder.Entity<ContactNote>(note =>
        {
            note.HasIndex(n => new { n.ContactId, n.Id });
            note.HasOne<Contact>().WithMany().HasForeignKey(n => n.ContactId);
        });
        builder.Entity<ContactBlock>(block =>
        {
            block.HasKey(b => new { b.ContactId, b.NumberId });
            block.HasOne<Contact>().WithMany().HasForeignKey(b => b.ContactId);
        });
    }

    private static void ContactBook(ModelBuilder builder)
    {
        builder.Entity<ContactField>(field =>
        {
            field.HasIndex(f => f.NameKey).IsUnique();
            field.Property(f => f.Name).HasMaxLength(200);
            field.Property(f => f.NameKey).HasMaxLength(400);
        });

        // No foreign key to the field: its values are swept after it, in steps.
        builder.Entity<ContactFieldValue>(value =>
        {
            value.HasKey(v => new { v.ContactId, v.FieldId });
            value.HasIndex(v => v.FieldId);
            value.HasOne<Contact>().WithMany().HasForeignKey(v => v.ContactId);
        });
        builder.Entity<ContactMerge>(merge =>
        {
            merge.HasIndex(m => m.StaysId);
            merge.HasIndex(m => m.GoesId);
            merge.HasIndex(m => m.UndoUntilUtc).HasFilter("\"SnapshotJson\" IS NOT NULL");
        });
        builder.Entity<ContactMergeRow>(row =>
        {
            row.HasKey(r => new { r.MergeId, r.Kind, r.RowId });
            row.HasOne<ContactMerge>().WithMany().HasForeignKey(r => r.MergeId);
        });
    }

    private static void Labels(ModelBuilder builder)
    {
        builder.Entity<Label>(label =>
        {
            label.HasIndex(l => l.NameKey).IsUnique();
            label.Property(l => l.Name).HasMaxLength(200);
            label.Property(l => l.NameKey).HasMaxLength(400);
        });

        // No foreign key to the label: its links are swept after it, in steps.
        builder.Entity<ConversationLabel>(link =>
        {
            link.HasKey(l => new { l.LabelId, l.ConversationId });
            link.HasIndex(l => l.ConversationId);
            link.HasOne<Conversation>().WithMany().HasForeignKey(l => l.ConversationId);
        });
        builder.Entity<ContactLabel>(link =>
        {
            link.HasKey(l => new { l.LabelId, l.ContactId });
            link.HasIndex(l => l.ContactId);
            link.HasOne<Contact>().WithMany().HasForeignKey(l => l.ContactId);
        });
    }

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

    private static void Consent(ModelBuilder builder)
    {
        builder.Entity<ConsentSubject>(subject =>
        {
            subject.HasIndex(s => s.ContactId);
        });
        builder.Entity<ConsentEntry>(entry =>
        {
            entry.HasIndex(e => new { e.SubjectId, e.Id });

            // What came and went over time, by source: read from the index alone.
            entry.HasIndex(e => new { e.AtUtc, e.Action, e.Source, e.Purpose }, "IX_ConsentEntries_Time");
            entry.HasIndex(e => e.Id, "IX_ConsentEntries_Marks").HasFilter("\"Marks\" IS NOT NULL");
            entry.HasIndex(e => e.SubjectId, "IX_ConsentEntries_OldErasures").HasFilter("\"Action\" = 5 AND \"Form\" < 3");
            entry.HasOne<ConsentSubject>().WithMany().HasForeignKey(e => e.SubjectId).OnDelete(DeleteBehavior.Restrict);
        });

        // The gate asks by person; lists by purpose and state, newest first.
        builder.Entity<ConsentState>(state =>
        {
            state.HasKey(s => new { s.ContactId, s.Purpose });
            state.HasIndex(s => new { s.Purpose, s.What, s.SinceUtc, s.ContactId }, "IX_ConsentStates_List");
            state.HasIndex(s => new { s.Purpose, s.SinceUtc, s.ContactId }, "IX_ConsentStates_All");
            state.HasIndex(s => new { s.Purpose, s.ExpiresAtUtc, s.ContactId }, "IX_ConsentStates_Expiring").HasFilter("\"ExpiresAtUtc\" IS NOT NULL");
        });
        builder.Entity<ConsentWait>().HasKey(w => w.EntryId);
        builder.Entity<ConsentWait>().Property(w => w.EntryId).ValueGeneratedNever();

        // No foreign key: a link must outlive its entry, to say that one is missing.
        builder.Entity<ConsentLink>(link =>
        {
            link.HasKey(l => l.Sequence);
            link.Property(l => l.Sequence).ValueGeneratedNever();
            link.HasIndex(l => l.EntryId).IsUnique();
        });
        builder.Entity<ConsentKey>().Property(k => k.Id).ValueGeneratedNever();
        builder.Entity<ConsentAudit>(audit =>
        {
            audit.HasIndex(a => a.PersonId);
            audit.HasIndex(a => new { a.Deed, a.Id });
            audit.HasIndex(a => a.AtUtc);
        });
        Rights(builder);
    }

    private static void Rights(ModelBuilder builder)
    {
        builder.Entity<ConsentSuppression>(mark =>
        {
            mark.HasKey(m => m.Mark);
            mark.Property(m => m.Mark).HasMaxLength(64);
        });
        builder.Entity<ConsentFile>(file =>
        {
            file.HasKey(f => f.Key);
            file.Property(f => f.Key).ValueGeneratedNever();
            file.HasIndex(f => f.SubjectId);
            file.HasIndex(f => f.CreatedAtUtc).HasFilter("\"SubjectId\" IS NULL");
            file.HasOne<ConsentSubject>().WithMany().HasForeignKey(f => f.SubjectId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ConsentSettings>().Property(s => s.Id).ValueGeneratedNever();
        builder.Entity<ConsentCheck>().Property(c => c.Id).ValueGeneratedNever();
        builder.Entity<ConsentImport>(import =>
        {
            import.HasIndex(i => i.Sha256);
            import.HasIndex(i => i.State);
            import.Property(i => i.Sha256).HasMaxLength(64);
            import.Property(i => i.FileName).HasMaxLength(200);
        });
        builder.Entity<ConsentImportProblem>(problem =>
        {
            problem.HasKey(p => new { p.ImportId, p.Row });
            problem.HasOne<ConsentImport>().WithMany().HasForeignKey(p => p.ImportId);
        });
    }

    private static void Capture(ModelBuilder builder)
    {
        builder.Entity<Wording>(wording =>
        {
            wording.Property(w => w.Name).HasMaxLength(Wording.MaxName);
            wording.Property(w => w.BusinessName).HasMaxLength(Wording.MaxBusiness);
        });
        builder.Entity<WordingVersion>(version =>
        {
            version.HasIndex(v => new { v.WordingId, v.Language, v.Version }).IsUnique();
            version.HasOne<Wording>().WithMany().HasForeignKey(v => v.WordingId).OnDelete(DeleteBehavior.Restrict);
            version.Property(v => v.Language).HasMaxLength(Wording.MaxLanguage);
            version.Property(v => v.BusinessName).HasMaxLength(Wording.MaxBusiness);
            version.Property(v => v.Hash).HasMaxLength(64);
            version.Property(v => v.PrivacyVersion).HasMaxLength(Wording.MaxPrivacyVersion);
        });
        builder.Entity<OptInPage>(page =>
        {
            page.HasIndex(p => p.Slug).IsUnique();
            page.HasOne<Wording>().WithMany().HasForeignKey(p => p.WordingId).OnDelete(DeleteBehavior.Restrict);
            page.HasOne<Number>().WithMany().HasForeignKey(p => p.NumberId).OnDelete(DeleteBehavior.Restrict);
            page.Property(p => p.Slug).HasMaxLength(OptInPage.MaxSlug);
            page.Property(p => p.Name).HasMaxLength(OptInPage.MaxName);
            page.Property(p => p.Jurisdiction).HasMaxLength(8);
            page.Property(p => p.Country).HasMaxLength(2);
            page.Property(p => p.TemplateName).HasMaxLength(512);
            page.Property(p => p.AsksPerHour).HasDefaultValue(OptInPage.UsualAsksPerHour);
        });
        builder.Entity<SpentForm>(form =>
        {
            form.Property(f => f.Id).ValueGeneratedNever();
            form.Property(f => f.SentHash).HasMaxLength(64);
            form.HasIndex(f => f.ExpiresAtUtc);
        });
        builder.Entity<OptInAsk>(ask =>
        {
            ask.HasKey(a => a.EntryId);
            ask.Property(a => a.EntryId).ValueGeneratedNever();
            ask.HasIndex(a => new { a.PageId, a.AskedAtUtc });
        });
        builder.Entity<OptInInvite>(invite =>
        {
            invite.HasIndex(i => i.Code).IsUnique();
            invite.HasIndex(i => new { i.PageId, i.VersionId }).IsUnique();
            invite.HasOne<OptInPage>().WithMany().HasForeignKey(i => i.PageId);
            invite.HasOne<WordingVersion>().WithMany().HasForeignKey(i => i.VersionId).OnDelete(DeleteBehavior.Restrict);
            invite.Property(i => i.Code).HasMaxLength(16);
        });

        // The list shows what nobody decided yet, oldest first.
        builder.Entity<StopReview>(review =>
        {
            review.HasKey(r => r.MessageId);
            review.Property(r => r.MessageId).ValueGeneratedNever();
            review.HasOne<Message>().WithOne().HasForeignKey<StopReview>(r => r.MessageId).OnDelete(DeleteBehavior.Cascade);
            review.HasIndex(r => r.MessageId, "IX_StopReviews_Waiting").HasFilter("\"Decision\" IS NULL");
            review.HasIndex(r => r.ConversationId, "IX_StopReviews_WaitingIn").HasFilter("\"Decision\" IS NULL");
        });
    }
}
