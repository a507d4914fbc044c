using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Hours;

public sealed record HoursChange(long NumberId, OpeningHours Hours, bool AwayOn, string AwayText);

public abstract record SaveHoursOutcome
{
    private SaveHoursOutcome()
    {
    }

    public sealed record Done : SaveHoursOutcome;

    public sealed record NoSuchNumber : SaveHoursOutcome;

    public sealed record Invalid(IReadOnlyList<string> Sentences) : SaveHoursOutcome;
}

/// <summary>
/// Sets business hours and away message of a number. A message that goes out by itself must name a way to a person, so one that does not
/// cannot be switched on.
/// </summary>
public sealed class SaveHours(Store store, LiveUpdates live, WhatsAppClock whatsApp)
{
    public const int TextLength = 1024;

    public async Task<SaveHoursOutcome> RunAsync(Caller caller, HoursChange change, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (Problems(change) is { Count: > 0 } problems)
        {
            return new SaveHoursOutcome.Invalid(problems);
        }

        try
        {
            return await WriteAsync(change, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            // Another admin saved the first hours of this number at the same moment: now there are some to change.
            return await WriteAsync(change, cancellationToken);
        }
    }

    private async Task<SaveHoursOutcome> WriteAsync(HoursChange change, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var account = await db.Numbers.Where(n => n.Id == change.NumberId).Select(n => (long?)n.BusinessAccountId).SingleOrDefaultAsync(cancellationToken);
        if (account is null)
        {
            return new SaveHoursOutcome.NoSuchNumber();
        }

        var row = await db.NumberHours.SingleOrDefaultAsync(h => h.NumberId == change.NumberId, cancellationToken);
        if (row is null)
        {
            row = new NumberHours { NumberId = change.NumberId };
            db.NumberHours.Add(row);
        }

        row.AwaySinceUtc = !change.AwayOn ? null : row.AwaySinceUtc ?? WholeSecond(whatsApp.UtcNow);
        row.Hours = change.Hours with { Holidays = [.. change.Hours.Holidays.Distinct().Order()] };
        row.AwayOn = change.AwayOn;
        row.AwayText = StoredText.Clean(change.AwayText).Trim();
        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new NumbersChanged(account.Value));
        return new SaveHoursOutcome.Done();
    }

    /// <summary>WhatsApp tells times in seconds: who writes in this very one is answered.</summary>
    private static DateTime WholeSecond(DateTime utc) => utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond));

    private static List<string> Problems(HoursChange change)
    {
        var text = StoredText.Clean(change.AwayText).Trim();
        List<string> problems = [.. change.Hours.Problems()];
        if (text.Length > TextLength)
        {
            problems.Add(Texts.Hours.Of("AwayTooLong", text.Length, TextLength));
        }

        if (change.AwayOn)
        {
            if (change.Hours.Week.Count == 0)
            {
                problems.Add(Texts.Hours.Of("AwayNeedsHours"));
            }

            if (text.Length == 0)
            {
                problems.Add(Texts.Hours.Of("AwayNeedsText"));
            }
            else if (!HumanWay.IsNamedIn(text))
            {
                problems.Add(Texts.Hours.Of("AwayNeedsHuman"));
            }
        }

        return problems;
    }
}
