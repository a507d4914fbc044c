using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates;

/// <summary>Templates belong to an account: whoever sees one of its numbers sees them, and marketing staff and admins manage them.</summary>
internal static class TemplateAccess
{
    public static async Task<bool> MaySeeAccountAsync(WaConsoleDb db, Caller caller, long businessAccountId, CancellationToken cancellationToken) =>
        caller.Numbers is not { } numbers
            ? await db.BusinessAccounts.AnyAsync(a => a.Id == businessAccountId, cancellationToken)
            : await db.Numbers.AnyAsync(n => n.BusinessAccountId == businessAccountId && numbers.Contains(n.Id), cancellationToken);

    /// <summary>Every draft of the accounts the caller sees, to ask further.</summary>
    public static IQueryable<Drafts.TemplateDraft> DraftsOf(WaConsoleDb db, Caller caller) =>
        caller.Numbers is not { } numbers
            ? db.TemplateDrafts
            : db.TemplateDrafts.Where(d => db.Numbers.Any(n => n.BusinessAccountId == d.BusinessAccountId && numbers.Contains(n.Id)));

    public static async Task<Template?> TemplateAsync(WaConsoleDb db, Caller caller, long id, CancellationToken cancellationToken) =>
        await db.Templates.SingleOrDefaultAsync(t => t.Id == id, cancellationToken) is { } template
            && await MaySeeAccountAsync(db, caller, template.BusinessAccountId, cancellationToken)
                ? template
                : null;

    public static async Task<Drafts.TemplateDraft?> DraftAsync(WaConsoleDb db, Caller caller, long id, CancellationToken cancellationToken) =>
        await db.TemplateDrafts.SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is { } draft
            && await MaySeeAccountAsync(db, caller, draft.BusinessAccountId, cancellationToken)
                ? draft
                : null;
}
