using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Capture;

/// <summary>Names of the templates of a number's account that may ask somebody to confirm. For admins.</summary>
public sealed class ListAskTemplates(Store store)
{
    public async Task<IReadOnlyList<string>> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var templates = await db.Templates.AsNoTracking()
            .Where(t => t.DeletedAtUtc == null && t.Category == "UTILITY" && db.Numbers.Any(n => n.Id == numberId && n.BusinessAccountId == t.BusinessAccountId))
            .OrderBy(t => t.Name)
            .ToListAsync(cancellationToken);
        return [.. templates.Select(TemplateDefinition.Read).Where(PageRules.Asks).Select(template => template.Name).Distinct()];
    }
}
