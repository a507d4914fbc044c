using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

/// <summary>A message in a few words, for lists and quotes.</summary>
internal static class Describe
{
    private const int Most = 80;

    public static string Short(MessageContent content)
    {
        var text = content switch
        {
            { Answer: { } answer } => answer.Title,
            { Text.Length: > 0 } => content.Text,
            { Kind: "audio", Media.Voice: true } => PhoneText.T("Kind_voice"),
            { Kind: "image" or "video" or "audio" or "document" or "sticker" or "location" or "contacts" or "order" or "unsupported" or "system" } =>
                PhoneText.T("Kind_" + content.Kind),
            _ => content.HeaderText ?? PhoneText.T("Kind_other"),
        };
        return text.Length <= Most ? text : text[..Most] + "…";
    }
}
