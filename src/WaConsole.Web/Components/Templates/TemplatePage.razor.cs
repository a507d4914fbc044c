using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
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
        Hear(live.Subscribe<TemplatesChanged>(_ => true, () => RefreshAsync(ReadAsync)));
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

        var preview = detail.Content is { } content ? PreviewDraft.Run(content).Shown : RenderTemplate.Run(detail.View, TemplateValues.None);
        var files = detail.Files.ToDictionary(file => file.MediaFileId);
        _media = FileOf(detail.Content?.Header) is { } file
            ? new MediaView(file.MediaFileId, file.Key, MediaState.Ready, file.MimeType, file.SizeBytes, file.FileName, null, null, null)
            : null;
        _shown = preview.Cards is { } cards && detail.Content is { } composed && composed.Cards.Count == cards.Count
            ? preview with { Cards = [.. cards.Select((card, at) => card with { File = FileOf(composed.Cards[at].Header) is { } own ? new SentFile(own.MediaFileId, own.Key, own.MimeType, own.SizeBytes, own.FileName) : null })] }
            : preview;

        TemplateFile? FileOf(ComposedHeader? header) => header is ComposedHeader.Media { File.MediaFileId: { } id } ? files.GetValueOrDefault(id) : null;
    }

    private string EditsWords(TemplateDetail detail) => detail switch
    {
        { MayEdit: false } => Text["EditsNone"],
        { View.Status: not "APPROVED" } => Text["EditsFree"],
        { EditsLeft.FreeAgainAtUtc: { } free } => Text["EditsFrom", _viewer?.Exact(free) ?? "", detail.EditsLeft.Month],
        _ => Text["EditsCount", detail.EditsLeft.Today, detail.EditsLeft.Month],
    };
}
