using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Capture;

/// <summary>A template in one language as the customer will see it. <see cref="Yes"/>: what the button says that agrees.</summary>
public sealed record AskTemplate(string Name, string Language, MessageContent.SentTemplate Shown, string Yes);

/// <summary>The templates of a number's account that may ask somebody to confirm, in each language that may. For admins.</summary>
public sealed class ListAskTemplates(Store store)
{
    public async Task<IReadOnlyList<AskTemplate>> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var templates = await db.Templates.AsNoTracking()
            .Where(t => t.DeletedAtUtc == null && t.Category == "UTILITY" && db.Numbers.Any(n => n.Id == numberId && n.BusinessAccountId == t.BusinessAccountId))
            .OrderBy(t => t.Name).ThenBy(t => t.Language)
            .ToListAsync(cancellationToken);
        return
        [
            .. templates.Select(TemplateDefinition.Read).Where(PageRules.Asks).Select(template => new AskTemplate(
                template.Name, template.Language, RenderTemplate.Run(template, TemplateValues.None), template.Buttons[PageRules.AnswerButton(template)].Text)),
        ];
    }
}
