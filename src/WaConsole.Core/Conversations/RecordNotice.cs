using WaConsole.Core.Contacts;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Conversations;

/// <summary>
/// What another channel told a person: exactly one of phone and user id, the template that would say the same here with its values, and what
/// the channel calls itself. <see cref="AtUtc"/> null is now.
/// </summary>
public sealed record OutsideNotice(
    long NumberId, string? Phone, string? UserId, string Template, TemplateValues Values, string Channel, DateTime? AtUtc = null)
{
    public const int ChannelLength = 50;
}

public abstract record RecordNoticeOutcome
{
    private RecordNoticeOutcome()
    {
    }

    public sealed record Recorded : RecordNoticeOutcome;

    public sealed record Refused(Refusal Why) : RecordNoticeOutcome;
}

/// <summary>Remembers that another channel told somebody already, so that the gate does not let the same be told here once more.</summary>
public sealed class RecordNotice
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly AccountDirectory _directory;
    private readonly TimeProvider _clock;

    internal RecordNotice(Store store, WriterLane lane, AccountDirectory directory, TimeProvider clock) =>
        (_store, _lane, _directory, _clock) = (store, lane, directory, clock);

    public async Task<RecordNoticeOutcome> RunAsync(Caller caller, OutsideNotice notice, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (!caller.MaySeeNumber(notice.NumberId) || await _directory.NumberAsync(notice.NumberId, cancellationToken) is not { } number)
        {
            return new RecordNoticeOutcome.Refused(new Refusal("number_unknown", Texts.Sending.Of("NumberUnknown")));
        }

        if (ReadRecipient.Run(notice.Phone, notice.UserId, number.Account.PortfolioId, out var why) is not { } person)
        {
            return new RecordNoticeOutcome.Refused(why!);
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var contact = await ResolveContact.ApplyAsync(db, person, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.ToldNotices.Add(new ToldNotice
        {
            ContactId = contact.Id,
            BusinessAccountId = number.Account.Id,
            Fingerprint = NoticeFingerprint.Of(StoredText.Clean(notice.Template), notice.Values.Cleaned()),
            AtUtc = notice.AtUtc is { } at && at < now ? at : now,
            Channel = StoredText.Clean(notice.Channel),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RecordNoticeOutcome.Recorded();
    }
}
