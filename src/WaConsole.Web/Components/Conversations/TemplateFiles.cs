using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Pure: files of ours in a template, as the bubbles draw them.</summary>
internal static class TemplateFiles
{
    extension(UploadedFile file)
    {
        public TemplateFile Example => new(file.MediaFileId, file.Key, file.FileName, file.MimeType, file.SizeBytes);
    }

    extension(TemplateFile file)
    {
        public MediaView Media => new(file.MediaFileId, file.Key, MediaState.Ready, file.MimeType, file.SizeBytes, file.FileName, null, null, null);

        public SentFile Sent => new(file.MediaFileId, file.Key, file.MimeType, file.SizeBytes, file.FileName);
    }

    /// <summary>What is shown of a template, with the files of its headers.</summary>
    public static (MessageContent.SentTemplate Shown, MediaView? Media) Put(
        MessageContent.SentTemplate shown, ComposedTemplate? content, IReadOnlyDictionary<long, TemplateFile> files)
    {
        var cards = content?.Cards.Select(card => FileOf(card.Header)?.Sent).ToList() ?? [];
        return (
            shown.Cards is { } drawn && drawn.Count == cards.Count ? shown with { Cards = [.. drawn.Select((card, at) => card with { File = cards[at] })] } : shown,
            FileOf(content?.Header)?.Media);

        TemplateFile? FileOf(ComposedHeader? header) => header is ComposedHeader.Media { File.MediaFileId: { } id } ? files.GetValueOrDefault(id) : null;
    }
}
