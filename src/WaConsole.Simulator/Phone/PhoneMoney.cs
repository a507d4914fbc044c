using System.Globalization;

namespace WaConsole.Simulator.Phone;

/// <summary>An amount as the reader writes numbers, with the currency's code.</summary>
internal static class PhoneMoney
{
    public static string Of(decimal amount, string currency) => string.Create(CultureInfo.CurrentCulture, $"{amount:N2} {currency}").TrimEnd();
}
