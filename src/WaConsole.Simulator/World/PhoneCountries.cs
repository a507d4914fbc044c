using System.Collections.Frozen;

namespace WaConsole.Simulator.World;

/// <summary>What a phone number says about the country.</summary>
internal static class PhoneCountries
{
    // Area codes of +1 that are not the United States: Canada, the Caribbean and Bermuda (North American Numbering Plan, 2026).
    private static readonly FrozenSet<string> NotUnitedStates = FrozenSet.Create(
        StringComparer.Ordinal,
        "204", "226", "236", "249", "250", "257", "263", "289", "306", "343", "354", "365", "367", "368", "382", "387", "403", "416",
        "418", "428", "431", "437", "438", "450", "460", "468", "474", "506", "514", "519", "548", "579", "581", "584", "587", "604",
        "613", "639", "647", "672", "683", "705", "709", "742", "753", "778", "780", "782", "807", "819", "825", "867", "873", "879",
        "902", "905", "942", "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721", "758", "767", "784",
        "787", "809", "829", "849", "868", "869", "876", "939");

    /// <summary>Marketing templates are not delivered to +1 numbers with an area code of the United States. Meta, since 1 April 2025.</summary>
    public static bool MarketingPaused(string phone) =>
        phone.Length == 11 && phone[0] == '1' && !NotUnitedStates.Contains(phone[1..4]);
}
