using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates.Drafts;

/// <param name="IsSubmitted">The latest version was handed in; nothing was changed since.</param>
public sealed record TemplateDraftRow(
    long Id, long BusinessAccountId, string Name, string Language, string Category, string Author, string ChangedBy, DateTime ChangedAtUtc, int Version,
    long? TemplateId, bool IsSubmitted);

/// <summary>Drafts of the accounts a person sees, latest change first.</summary>
public sealed class ListTemplateDrafts(Store store)
{
    public async Task<IReadOnlyList<TemplateDraftRow>> RunAsync(Caller caller, long? businessAccountId, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await store.OpenAsync(cancellationToken);
        var drafts = db.TemplateDrafts.AsNoTracking();
        if (businessAccountId is { } account)
        {
            drafts = drafts.Where(d => d.BusinessAccountId == account);
        }

        if (caller.Numbers is { } numbers)
        {
            drafts = drafts.Where(d => db.Numbers.Any(n => n.BusinessAccountId == d.BusinessAccountId && numbers.Contains(n.Id)));
        }

        return await drafts.OrderByDescending(d => d.ChangedAtUtc).ThenByDescending(d => d.Id)
            .Select(d => new TemplateDraftRow(
                d.Id, d.BusinessAccountId, d.Name, d.Language, d.Category, d.Author, d.ChangedBy, d.ChangedAtUtc, d.Version, d.TemplateId,
                d.SubmittedVersion == d.Version))
            .ToListAsync(cancellationToken);
    }
}
