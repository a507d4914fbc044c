using WaConsole.Core.Conversations;

namespace WaConsole.Core.Templates;

/// <summary>Pure: what the customer will see, for the preview and for the bubble.</summary>
public static class RenderTemplate
{
    /// <summary>Fields not filled in yet show as their placeholder.</summary>
    public static MessageContent.SentTemplate Run(TemplateView template, TemplateValues values) => throw new NotImplementedException();
}
