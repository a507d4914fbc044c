using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Templates;

/// <summary>One template in one language: how it looks, how it stands, what happened to it, what can be done.</summary>
public sealed partial class TemplatePage(TemplateVerbs verbs, CurrentCaller current, LiveUpdates live, ViewerZone zone) : LivePanel
{
    private IReadOnlyList<TemplateAccount> _accounts = [];
    private TemplateDetail? _detail;
    private MessageContent.SentTemplate? _shown;
    private MediaView? _media;
    private ViewerClock? _viewer;
    private long _read;
    private bool _missing;

    [Parameter] public long Id { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Hear(live.Subscribe<TemplatesChanged>(
            change => _detail is null || change.BusinessAccountId == _detail.BusinessAccountId, () => RefreshAsync(ReadAsync)));
        _accounts = TemplateAccount.Of(await verbs.Numbers.RunAsync(await current.ReadAsync(Gone), Gone));
        _viewer = await zone.ReadAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            _read = Id;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _detail = await verbs.Read.RunAsync(await current.ReadAsync(Gone), Id, Gone);
        _missing = _detail is null;
        if (_detail is not { } detail)
        {
            return;
        }

        // The words of a sign-in code are WhatsApp's, in the template's language: they are drawn as they are stored.
        var preview = detail.Content is { Code: null } content
            ? PreviewDraft.Run(content).Shown
            : RenderTemplate.Run(detail.View, ReadTemplateView.SamplesOf(detail.View));
        (_shown, _media) = TemplateFiles.Put(preview, detail.Content, detail.Files.ToDictionary(file => file.MediaFileId));
    }

    private string EditsWords(TemplateDetail detail) => detail switch
    {
        { MayEdit: false } => Text["EditsNone"],
        { View.Status: not "APPROVED" } => Text["EditsFree"],
        { EditsLeft.FreeAgainAtUtc: { } free } => Text["EditsFrom", _viewer?.Exact(free) ?? "", detail.EditsLeft.Month],
        _ => Text["EditsCount", detail.EditsLeft.Today, detail.EditsLeft.Month],
    };
}
