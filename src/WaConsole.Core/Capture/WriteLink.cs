using WaConsole.Core.Contacts;

namespace WaConsole.Core.Capture;

/// <summary>Pure: a link that opens WhatsApp at a number with a text ready to be sent (WhatsApp, How to use click to chat, 2026).</summary>
internal static class WriteLink
{
    public static string Of(string displayPhoneNumber, string text) =>
        $"https://wa.me/{PhoneMatchKey.Digits(displayPhoneNumber)}?text={Uri.EscapeDataString(text)}";
}
