using WaConsole.Core.Conversations;

namespace WaConsole.Core.Resources;

/// <summary>Who wrote a line, by name: a person's or a program's as it was then, or a mark of ours that is worded for whoever reads it.</summary>
internal static class Author
{
    /// <summary>What stood there before marks did.</summary>
    private const string EarlierPhoneApp = "Phone app";

    /// <summary>One of our people, on the phone: WhatsApp does not say who.</summary>
    public static string PhoneApp => Texts.Conversations.Keep("PhoneApp");

    /// <summary>Names of the customer's side are never read as marks, nor are those of persons.</summary>
    public static string? Name(MessageDirection direction, long? authorId, string? kept) => (direction, authorId, kept) switch
    {
        (MessageDirection.Outbound, null, EarlierPhoneApp) => Texts.Conversations.Of("PhoneApp"),
        (MessageDirection.Outbound, null, _) => KeptText.Read(kept),
        _ => kept,
    };
}
