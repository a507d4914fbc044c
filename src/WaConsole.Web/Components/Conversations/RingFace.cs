using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// A window as its ring is drawn. <see cref="Ends"/> is null when there is nothing to count down. <see cref="Dial"/> is one frame of
/// a render tree in place of fifteen; there is nothing in it but a number of ours.
/// </summary>
public sealed record RingFace(string Class, string Hint, string? Ends, MarkupString Dial, string Text, RingEntry? EntryPoint)
{
    public static RingFace At(WindowView window, DateTime now, ViewerClock viewer, IStringLocalizer<InboxText> words)
    {
        var face = WindowFace.At(window, now);
        var entry = window.EntryPointExpiresAtUtc is { } expires
            ? new RingEntry(words["EntryPointHint", viewer.Moment(expires, now)], words["EntryPoint"])
            : null;
        return face.Tone switch
        {
            WindowTone.Never => new RingFace(face.Class, words["NeverHint"], null, default, words["RingNever"], entry),
            WindowTone.Closed => new RingFace(face.Class, words["ClosedHint"], null, default, words["RingClosed"], entry),
            _ => new RingFace(
                face.Class,
                words["OpenHint", viewer.Moment(face.EndsAtUtc!.Value, now)],
                face.EndsAtUtc.Value.ToString("O", CultureInfo.InvariantCulture),
                DialOf(face.Share),
                face.InMinutes ? words["MinutesLeft", face.Minutes] : words["HoursLeft", face.Hours],
                entry),
        };
    }

    private static MarkupString DialOf(double share) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"""
         <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-opacity=".22" stroke-width="3"></circle><circle class="ring-share" cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-dasharray="{WindowFace.Circumference * share:0.##} 60" transform="rotate(-90 10 10)"></circle></svg>
         """));
}

/// <summary>The mark of a free entry point.</summary>
public sealed record RingEntry(string Hint, string Words);
