using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates;

/// <summary>Templates of a number's account from our copy, by name and language. Not sendable ones carry the reason.</summary>
public sealed class ListTemplates(Store store)
{
    public async Task<IReadOnlyList<TemplateView>> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        if (!caller.MaySeeNumber(numberId))
        {
            throw new NotAllowedException(Texts.Team.Of("NotYourNumber"));
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var templates = await db.Templates.AsNoTracking()
            .Where(t => t.DeletedAtUtc == null && db.Numbers.Any(n => n.Id == numberId && n.BusinessAccountId == t.BusinessAccountId))
            .OrderBy(t => t.Name)
            .ThenBy(t => t.Language)
            .ToListAsync(cancellationToken);
        return [.. templates.Select(TemplateDefinition.Read)];
    }
}
