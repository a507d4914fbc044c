using WaConsole.Core.Numbers;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates;

/// <summary>What the screens of templates read and do, handed over as one thing.</summary>
public sealed class TemplateVerbs(ListNumbers numbers, FindTemplates find, ListTemplateDrafts drafts, ReadTemplate read, SaveTemplateDraft save)
{
    public ListNumbers Numbers => numbers;

    public FindTemplates Find => find;

    public ListTemplateDrafts Drafts => drafts;

    public ReadTemplate Read => read;

    public SaveTemplateDraft Save => save;
}
