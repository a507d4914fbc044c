using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>What the studio does with a draft, handed over as one thing.</summary>
public sealed class StudioVerbs(
    ReadTemplateDraft read, SaveTemplateDraft save, DeleteTemplateDraft delete, CheckTemplateDraft check, ListTemplateDrafts list, FindTemplates find)
{
    public ReadTemplateDraft Read => read;

    public SaveTemplateDraft Save => save;

    public DeleteTemplateDraft Delete => delete;

    public CheckTemplateDraft Check => check;

    public ListTemplateDrafts List => list;

    public FindTemplates Find => find;
}
