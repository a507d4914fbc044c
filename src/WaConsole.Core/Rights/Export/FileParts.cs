using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Rights.Export;

/// <summary>Files the person sent or was sent, by what is known of them; their bytes are in the conversation.</summary>
internal static class FileParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> FilesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var thread in person.Threads)
        {
            var files = InPages.RowsAsync(
                last => person.Db.MediaFiles.Include(f => f.Sound).Where(f => f.ConversationId == thread && f.Id > last).OrderBy(f => f.Id),
                file => file.Id,
                cancellationToken);
            await foreach (var file in files)
            {
                yield return Facts.Of(
                    ("conversation", file.ConversationId),
                    ("number", person.Number(file.NumberId)),
                    ("at", file.CreatedAtUtc),
                    ("by", person.Agent(file.UploadedById) ?? person.Program(file.UploadedByApiKeyId)),
                    ("file", file.FileName),
                    ("kind", file.MimeType),
                    ("claimedKind", file.ClaimedMimeType),
                    ("bytes", file.SizeBytes),
                    ("hash", file.Sha256),
                    ("width", file.Width),
                    ("height", file.Height),
                    ("voice", file.IsVoiceNote),
                    ("duration", file.Sound?.Milliseconds),
                    ("status", file.State),
                    ("error", KeptText.Read(file.Failure)),
                    ("mediaId", file.WhatsAppMediaId),
                    ("uploaded", file.WhatsAppUploadedAtUtc));
            }
        }
    }
}
