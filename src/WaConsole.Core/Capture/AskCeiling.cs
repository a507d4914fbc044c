using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

/// <summary>A question of a page that was sent and is not answered.</summary>
internal sealed class OptInAsk
{
    public long EntryId { get; set; }

    public long PageId { get; set; }

    public DateTime AskedAtUtc { get; set; }
}

/// <summary>
/// Every question is a paid message to a number that anybody may have typed: past so many that nobody answered in an hour a page sends no
/// more, writes down who agreed, and leaves them its link to answer by. Admins are told once an hour.
/// </summary>
internal static class AskCeiling
{
    public static readonly TimeSpan Counted = TimeSpan.FromHours(1);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Whether the page has asked as often as it may. Its row is held, so that two nodes do not both send the last one.</summary>
    public static async Task<bool> IsReachedAsync(WaConsoleDb db, OptInPage page, DateTime now, CancellationToken cancellationToken)
    {
        await db.OptInPages.Where(p => p.Id == page.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.NumberId, p => p.NumberId), cancellationToken);
        var since = now - Counted;
        return await db.OptInAsks.CountAsync(a => a.PageId == page.Id && a.AskedAtUtc > since, cancellationToken) >= page.AsksPerHour;
    }

    public static async Task NoteAsync(WaConsoleDb db, OptInPage page, long entryId, DateTime now, CancellationToken cancellationToken)
    {
        var old = now - Kept;
        await db.OptInAsks.Where(a => a.PageId == page.Id && a.AskedAtUtc < old).ExecuteDeleteAsync(cancellationToken);
        db.OptInAsks.Add(new OptInAsk { EntryId = entryId, PageId = page.Id, AskedAtUtc = now });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The notice stands beside the question that was sent last.</summary>
    public static async Task TellAsync(WaConsoleDb db, OptInPage page, ChangeSet changes, DateTime now, CancellationToken cancellationToken)
    {
        var since = now - Counted;
        var told = await db.OptInPages.Where(p => p.Id == page.Id && (p.HeldAtUtc == null || p.HeldAtUtc <= since))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.HeldAtUtc, now), cancellationToken);
        if (told == 0)
        {
            return;
        }

        changes.Add(new CaptureChanged());
        var last = await (from ask in db.OptInAsks
                          where ask.PageId == page.Id
                          join entry in db.ConsentEntries on ask.EntryId equals entry.Id
                          join message in db.Messages on entry.AskKey equals message.ClientKey
                          orderby ask.EntryId descending
                          select (long?)message.ConversationId).FirstOrDefaultAsync(cancellationToken);
        if (last is not { } conversation)
        {
            return;
        }

        var admins = await db.Users.Where(a => a.Role == Role.Admin && a.DisabledAtUtc == null).Select(a => a.Id).ToListAsync(cancellationToken);
        changes.AddAll(Notify.Add(db, admins, NotificationKind.QuestionsHeld, conversation, null, page.Name, now));
        await db.SaveChangesAsync(cancellationToken);
    }
}
