using System.Globalization;
using System.Text;

namespace WaConsole.Web.Components.Conversations.Bubbles;

/// <summary>Pure: loudness over time as bars, one hexadecimal digit each; a quiet line where nothing is known.</summary>
public static class Waveform
{
    public const int Height = 30;

    /// <summary>Units from one bar to the next.</summary>
    public const int Step = 4;

    private const int Unknown = 40;

    public static int WidthOf(string? peaks) => Step * LengthOf(peaks);

    public static string PathOf(string? peaks)
    {
        var path = new StringBuilder();
        for (var bar = 0; bar < LengthOf(peaks); bar++)
        {
            var loudness = peaks is { Length: > 0 } && char.IsAsciiHexDigit(peaks[bar]) ? Convert.ToInt32(peaks[bar].ToString(), 16) : 0;
            var half = 1 + (loudness / 15.0 * ((Height / 2) - 2));
            path.Append(CultureInfo.InvariantCulture, $"M{(bar * Step) + (Step / 2)} {(Height / 2) - half:0.##}v{2 * half:0.##}");
        }

        return path.ToString();
    }

    private static int LengthOf(string? peaks) => peaks is { Length: > 0 } ? peaks.Length : Unknown;
}
