using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Insight;

namespace WaConsole.Core.Storage;

/// <summary>Keys, lengths and indexes. Unique indexes are the only protection against doubles; each sort of a list has its index.</summary>
internal static partial class Schema
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
}
