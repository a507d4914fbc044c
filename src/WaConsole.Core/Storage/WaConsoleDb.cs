using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
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
using WaConsole.Core.Rights;
using WaConsole.Core.Sending;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Insight;

namespace WaConsole.Core.Storage;

/// <summary>The whole database. Internal: only verbs inside Core can name it, through <see cref="Store"/>.</summary>
internal sealed class WaConsoleDb(DbContextOptions<WaConsoleDb> options)
    : IdentityUserContext<Agent, long>(options), IDataProtectionKeyContext
{
    public DbSet<BusinessAccount> BusinessAccounts => Set<BusinessAccount>();

    public DbSet<Number> Numbers => Set<Number>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<ContactIdentifier> ContactIdentifiers => Set<ContactIdentifier>();

    public DbSet<ContactNote> ContactNotes => Set<ContactNote>();

    public DbSet<ContactBlock> ContactBlocks => Set<ContactBlock>();

    public DbSet<ContactField> ContactFields => Set<ContactField>();

    public DbSet<ContactFieldValue> ContactFieldValues => Set<ContactFieldValue>();

    public DbSet<ContactMerge> ContactMerges => Set<ContactMerge>();

    public DbSet<ContactMergeRow> ContactMergeRows => Set<ContactMergeRow>();

    public DbSet<ContactExport> ContactExports => Set<ContactExport>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<ConversationLabel> ConversationLabels => Set<ConversationLabel>();

    public DbSet<ContactLabel> ContactLabels => Set<ContactLabel>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<CannedReply> CannedReplies => Set<CannedReply>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<NumberHours> NumberHours => Set<NumberHours>();

    public DbSet<AwayAnswer> AwayAnswers => Set<AwayAnswer>();

    public DbSet<Participant> Participants => Set<Participant>();

    public DbSet<SpentForm> SpentForms => Set<SpentForm>();

    public DbSet<OptInAsk> OptInAsks => Set<OptInAsk>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageStatusFact> MessageStatusFacts => Set<MessageStatusFact>();

    public DbSet<Reaction> Reactions => Set<Reaction>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<IntakeCounter> IntakeCounters => Set<IntakeCounter>();

    public DbSet<ParkedItem> ParkedItems => Set<ParkedItem>();

    public DbSet<QuarantinedItem> QuarantinedItems => Set<QuarantinedItem>();

    public DbSet<HandledItem> HandledItems => Set<HandledItem>();

    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();

    public DbSet<ToldNotice> ToldNotices => Set<ToldNotice>();

    public DbSet<PortfolioReach> PortfolioReaches => Set<PortfolioReach>();

    public DbSet<PaceOwner> PaceOwners => Set<PaceOwner>();

    public DbSet<Template> Templates => Set<Template>();

    public DbSet<TemplateDraft> TemplateDrafts => Set<TemplateDraft>();

    public DbSet<TemplateDraftVersion> TemplateDraftVersions => Set<TemplateDraftVersion>();

    public DbSet<TemplateDraftFile> TemplateDraftFiles => Set<TemplateDraftFile>();

    public DbSet<TemplateEvent> TemplateEvents => Set<TemplateEvent>();

    public DbSet<TemplateTally> TemplateTallies => Set<TemplateTally>();

    public DbSet<TemplateNameTally> TemplateNameTallies => Set<TemplateNameTally>();

    public DbSet<TemplateLinkClick> TemplateLinkClicks => Set<TemplateLinkClick>();

    public DbSet<TemplateTick> TemplateTicks => Set<TemplateTick>();

    public DbSet<MediaFile> MediaFiles => Set<MediaFile>();

    public DbSet<Sound> Sounds => Set<Sound>();

    public DbSet<LibraryItem> LibraryItems => Set<LibraryItem>();

    public DbSet<ConsentEntry> ConsentEntries => Set<ConsentEntry>();

    public DbSet<ConsentSubject> ConsentSubjects => Set<ConsentSubject>();

    public DbSet<ConsentState> ConsentStates => Set<ConsentState>();

    public DbSet<ConsentWait> ConsentWaits => Set<ConsentWait>();

    public DbSet<ConsentLink> ConsentLinks => Set<ConsentLink>();

    public DbSet<ConsentKey> ConsentKeys => Set<ConsentKey>();

    public DbSet<ConsentAudit> ConsentAudits => Set<ConsentAudit>();

    public DbSet<ConsentSuppression> ConsentSuppressions => Set<ConsentSuppression>();

    public DbSet<Remnant> Remnants => Set<Remnant>();

    public DbSet<ConsentCheck> ConsentChecks => Set<ConsentCheck>();

    public DbSet<ConsentFile> ConsentFiles => Set<ConsentFile>();

    public DbSet<ConsentSettings> ConsentSettings => Set<ConsentSettings>();

    public DbSet<ConsentImport> ConsentImports => Set<ConsentImport>();

    public DbSet<ConsentImportProblem> ConsentImportProblems => Set<ConsentImportProblem>();

    public DbSet<Wording> Wordings => Set<Wording>();

    public DbSet<WordingVersion> WordingVersions => Set<WordingVersion>();

    public DbSet<OptInPage> OptInPages => Set<OptInPage>();

    public DbSet<OptInInvite> OptInInvites => Set<OptInInvite>();

    public DbSet<StopReview> StopReviews => Set<StopReview>();

    public DbSet<AgentNumber> AgentNumbers => Set<AgentNumber>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        base.ConfigureConventions(configuration);
        configuration.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        Schema.Configure(builder, Database.IsNpgsql());
    }

    /// <summary>Stored time is UTC on both databases; SQLite returns it without a kind.</summary>
    private sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
        value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
