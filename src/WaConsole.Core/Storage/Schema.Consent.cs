using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Numbers;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Team;

namespace WaConsole.Core.Storage;

/// <summary>The registry of opt-ins, what people may ask for, and the pages where they agree.</summary>
internal static partial class Schema
{
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
