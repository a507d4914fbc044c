using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Policy;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

public abstract record SaveStopReplyOutcome
{
    private SaveStopReplyOutcome()
    {
    }

    public sealed record Saved : SaveStopReplyOutcome;

    public sealed record Refused(string Sentence) : SaveStopReplyOutcome;

    public sealed record NoSuchAccount : SaveStopReplyOutcome;
}

/// <summary>An account and how it confirms a stop.</summary>
public sealed record StopReplyOfAccount(long AccountId, string Name, StopReply Reply);

/// <summary>Changes how an account confirms a stop, from the next one on.</summary>
public sealed class SaveStopReply(Store store, LiveUpdates live, TimeProvider clock)
{
    public async Task<SaveStopReplyOutcome> RunAsync(Caller caller, long accountId, StopReply reply, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        var kept = reply with
        {
            Texts = reply.Texts
                .Where(text => ConsoleLanguages.Find(text.Key) is not null)
                .Select(text => (text.Key, Text: StoredText.Clean(text.Value.Trim(), StopReply.MaxText)))
                .Where(text => text.Text.Length > 0)
                .ToDictionary(text => text.Key, text => text.Text),
        };

        // Two consoles that write to each other would each take the other's words for a customer's.
        if (kept.Texts.Values.Any(OptOutWords.IsOne))
        {
            return new SaveStopReplyOutcome.Refused(Texts.Capture.Of("StopReplyIsStop"));
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var json = kept.Write();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.BusinessAccounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.StopReplyJson, json), cancellationToken) == 0)
        {
            return new SaveStopReplyOutcome.NoSuchAccount();
        }

        var account = await db.BusinessAccounts.Where(a => a.Id == accountId).Select(a => a.Name).SingleAsync(cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(
            caller.AgentId, caller.Name, ConsentDeed.ChangedSettings, null, clock.GetUtcNow().UtcDateTime,
            new AuditDetail.StopAnswer(account, kept.IsOn, [.. kept.Texts.Keys.Order(StringComparer.Ordinal)])));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish(new CaptureChanged());
        return new SaveStopReplyOutcome.Saved();
    }
}
