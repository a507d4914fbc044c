using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Templates;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Choose a template, then fill it in. Only sendable ones can be chosen; the others say why not.</summary>
public sealed partial class TemplatePicker(ListTemplates templates, AskGate ask, CurrentCaller current, LiveUpdates live) : LivePanel
{
    private const int MostRecent = 4;

    private IReadOnlyList<TemplateView>? _templates;
    private IReadOnlyDictionary<long, Refusal> _refused = new Dictionary<long, Refusal>();
    private TemplateView? _chosen;
    private string _search = "";
    private string _category = "";
    private string _language = "";
    private bool _sendableOnly;

    [Parameter, EditorRequired] public required ConversationView View { get; set; }

    /// <summary>Text to pour into the first field of the body, empty for none.</summary>
    [Parameter] public string Draft { get; set; } = "";
    [Parameter] public EventCallback<ThreadLine> OnPending { get; set; }
    [Parameter] public EventCallback<Guid> OnPendingGone { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }

    private bool IsNarrowed => _category.Length > 0 || _language.Length > 0 || _sendableOnly || _search.Trim().Length > 0;

    /// <summary>What can be sent first, and of that what was used last.</summary>
    private IEnumerable<TemplateView> Shown => (_templates ?? [])
        .Where(template => _search.Trim() is not { Length: > 0 } wanted
            || template.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)
            || template.Body.Contains(wanted, StringComparison.OrdinalIgnoreCase))
        .Where(template => (_category.Length == 0 || template.Category == _category) && (_language.Length == 0 || template.Language == _language))
        .Where(template => !_sendableOnly || WhyNot(template) is null)
        .OrderByDescending(template => WhyNot(template) is null);

    private IReadOnlyList<TemplateView> Recent => IsNarrowed
        ? []
        : [.. (_templates ?? []).Where(template => template.LastUsedOn is not null && WhyNot(template) is null)
            .OrderByDescending(template => template.LastUsedOn).Take(MostRecent)];

    private IEnumerable<string> Categories => (_templates ?? []).Select(template => template.Category).Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<string> InLanguages => (_templates ?? []).Select(template => template.Language).Distinct().OrderBy(Languages.NameOf, StringComparer.CurrentCulture);

    protected override async Task OnInitializedAsync()
    {
        Hear(live.Subscribe<TemplatesChanged>(change => change.BusinessAccountId == View.BusinessAccountId, () => RefreshAsync(ReadAsync)));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var caller = await current.ReadAsync(Gone);
        var found = await templates.RunAsync(caller, View.NumberId, Gone);
        _refused = await ask.AboutTemplatesAsync(caller, View.Id, [.. found.Where(template => template.Sendable)], Gone);
        _templates = found;
    }

    private string? WhyNot(TemplateView template) => template switch
    {
        { Sendable: false } => template.NotSendableBecause ?? T["NotSendable"],
        { Category: "MARKETING" } when View.OptedOutAtUtc is not null => T["OptedOutTemplate"],
        _ => _refused.GetValueOrDefault(template.Id)?.Words,
    };

    private void Choose(TemplateView template) => _chosen = template;

    private void Back() => _chosen = null;
}
