using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Library;

public abstract record AddToLibraryOutcome
{
    private AddToLibraryOutcome()
    {
    }

    public sealed record Added(long Id) : AddToLibraryOutcome;

    public sealed record Refused(string Sentence) : AddToLibraryOutcome;

    /// <summary>No such file of the caller's, or no such message.</summary>
    public sealed record NoSuchFile : AddToLibraryOutcome;
}

/// <summary>Puts a file where everybody who works in the inbox finds it again: an upload of one's own, or a copy of a message's file.</summary>
public sealed class AddToLibrary
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly OpenMedia _open;
    private readonly StoreUpload _upload;
    private readonly DropUpload _drop;
    private readonly TimeProvider _clock;

    internal AddToLibrary(Store store, WriterLane lane, OpenMedia open, StoreUpload upload, DropUpload drop, TimeProvider clock)
    {
        (_store, _lane, _open, _upload, _drop, _clock) = (store, lane, open, upload, drop, clock);
    }

    /// <param name="caller">Who uploaded it.</param>
    /// <param name="mediaFileId">An upload that was not sent. It is deleted when it is refused.</param>
    /// <param name="name">Cut to <see cref="LibraryRules.MaxName"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AddToLibraryOutcome> RunAsync(Caller caller, long mediaFileId, string name, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var outcome = await AddAsync(caller, mediaFileId, name, cancellationToken);
        if (outcome is AddToLibraryOutcome.Refused)
        {
            await _drop.RunAsync(caller, mediaFileId, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>A copy: whoever sees the library does not thereby see the conversation, and the other way round.</summary>
    public async Task<AddToLibraryOutcome> FromMessageAsync(Caller caller, long messageId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var file = await FileOfAsync(caller, messageId, cancellationToken);
        if (file is null || await _open.RunAsync(caller, file.Key, cancellationToken) is not { } source)
        {
            return new AddToLibraryOutcome.NoSuchFile();
        }

        await using var bytes = File.OpenRead(source.Path);
        return await _upload.RunAsync(caller, bytes, file.FileName, cancellationToken) switch
        {
            UploadOutcome.Stored copy => await RunAsync(caller, copy.MediaFileId, copy.FileName, cancellationToken),
            UploadOutcome.Refused refused => new AddToLibraryOutcome.Refused(refused.Sentence),
            _ => throw new InvalidOperationException("An upload ended in an unknown way."),
        };
    }

    private async Task<MediaFile?> FileOfAsync(Caller caller, long messageId, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().Include(m => m.MediaFile)
            .SingleOrDefaultAsync(m => m.Id == messageId && m.DeletedAtUtc == null && m.Direction != MessageDirection.None, cancellationToken);
        return message is not null && caller.MaySeeNumber(message.NumberId) ? message.MediaFile : null;
    }

    private async Task<AddToLibraryOutcome> AddAsync(Caller caller, long mediaFileId, string name, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({DatabaseLocks.Library})", cancellationToken);
        }

        var file = await UnsentUploads.Of(db).SingleOrDefaultAsync(
            f => f.Id == mediaFileId && f.UploadedById == caller.AgentId && f.UploadedByApiKeyId == caller.ApiKeyId, cancellationToken);
        if (file is null)
        {
            return new AddToLibraryOutcome.NoSuchFile();
        }

        if (await db.LibraryItems.CountAsync(cancellationToken) >= LibraryRules.MaxItems)
        {
            return new AddToLibraryOutcome.Refused(Texts.Library.Of("TooMany", LibraryRules.MaxItems));
        }

        if (file.Sha256 is { } hash && await db.LibraryItems.Where(i => i.MediaFile.Sha256 == hash).Select(i => i.Name)
            .FirstOrDefaultAsync(cancellationToken) is { } same)
        {
            return new AddToLibraryOutcome.Refused(Texts.Library.Of("There", same));
        }

        file.IsInLibrary = true;
        var item = new LibraryItem
        {
            MediaFileId = file.Id,
            Name = NameOf(name, file.FileName),
            AddedById = caller.AgentId,
            AddedAtUtc = _clock.GetUtcNow().UtcDateTime,
        };
        db.LibraryItems.Add(item);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AddToLibraryOutcome.Added(item.Id);
    }

    private static string NameOf(string wanted, string fileName)
    {
        var name = StoredText.Clean(wanted).Trim();
        return StoredText.Cut(name.Length > 0 ? name : fileName, LibraryRules.MaxName);
    }
}
