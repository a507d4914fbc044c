using WaConsole.Core.Window;

namespace WaConsole.Web.Components.Conversations;

public enum WindowTone
{
    /// <summary>More than four hours left.</summary>
    Calm,

    /// <summary>Four hours to one.</summary>
    Soon,

    /// <summary>Less than an hour.</summary>
    Urgent,
    Closed,
    Never,
}

/// <summary>
/// How the service window looks at a moment: tone, share of 24 hours left and the amount to write. <see cref="EndsAtUtc"/> is the end
/// for who types, one minute before WhatsApp's. WindowClock.js moves the same face on in the browser.
/// </summary>
public sealed record WindowFace(WindowTone Tone, double Share, int Hours, int Minutes, DateTime? EndsAtUtc)
{
    /// <summary>Round the circle of the ring, radius 7.5.</summary>
    public const double Circumference = 47.12;

    public static WindowFace At(WindowView window, DateTime nowUtc)
    {
        if (window.ExpiresAtUtc is not { } expires)
        {
            return new WindowFace(WindowTone.Never, 0, 0, 0, null);
        }

        var end = expires - ServiceWindow.ComposerMargin;
        var left = end - nowUtc;
        if (left <= TimeSpan.Zero || window.State != WindowState.Open)
        {
            return new WindowFace(WindowTone.Closed, 0, 0, 0, end);
        }

        return new WindowFace(
            left.TotalHours < 1 ? WindowTone.Urgent : left <= ServiceWindow.Soon ? WindowTone.Soon : WindowTone.Calm,
            Math.Min(1, left / ServiceWindow.Length),
            (int)Math.Round(left.TotalHours, MidpointRounding.AwayFromZero),
            (int)Math.Ceiling(left.TotalMinutes),
            end);
    }

    public bool InMinutes => Tone == WindowTone.Urgent;

    public string Class => "ring ring-" + Tone.ToString().ToLowerInvariant();
}
