using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Hours;

/// <summary>
/// <see cref="IsOpen"/> and <see cref="OpensAtUtc"/> as of now; without spans there are no business hours and somebody is always there.
/// </summary>
public sealed record HoursView(OpeningHours Hours, bool AwayOn, string AwayText, bool IsOpen, DateTime? OpensAtUtc);

/// <summary>A number's business hours; for a number that has none, an empty week.</summary>
public sealed class ReadHours(Store store, WhatsAppClock whatsApp)
{
    public async Task<HoursView> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var row = await db.NumberHours.AsNoTracking().SingleOrDefaultAsync(h => h.NumberId == numberId, cancellationToken);
        var hours = row?.Hours ?? new OpeningHours("", [], []);
        var now = whatsApp.UtcNow;
        return new HoursView(hours, row?.AwayOn ?? false, row?.AwayText ?? "", hours.Week.Count == 0 || hours.IsOpenAt(now), hours.NextOpeningAfter(now));
    }
}
