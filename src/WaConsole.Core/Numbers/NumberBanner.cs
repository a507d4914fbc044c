using WaConsole.Core.Resources;

namespace WaConsole.Core.Numbers;

/// <summary>Pure: the sentence of the banner while nothing can be sent from a number.</summary>
internal static class NumberBanner
{
    /// <returns>Null when sending is not stopped.</returns>
    public static string? Of(DateTime? stoppedAtUtc, int? code)
    {
        if (stoppedAtUtc is null)
        {
            return null;
        }

        var why = code is { } known ? ErrorSentence.Of(known) : Texts.Numbers.Of("StoppedNoReason");
        return Texts.Numbers.Of("Stopped", why);
    }
}
