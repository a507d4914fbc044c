using System.Text.Json;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates;

/// <summary>What the search of the list reads of a template: its name and every text a customer sees. Set again with its components.</summary>
internal static class TemplateSearchText
{
    private const int Longest = 8_000;

    public static string Of(string name, string componentsJson)
    {
        List<string> texts = [name];
        try
        {
            using var components = JsonDocument.Parse(componentsJson);
            Collect(components.RootElement, texts);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // What WhatsApp said cannot be read, or not as text (half a surrogate pair); the name still can.
        }

        return StoredText.Cut(SearchWords.Fold(string.Join(' ', texts)), Longest);
    }

    /// <summary>Bodies, headers, footers, labels and the texts of cards are all called "text".</summary>
    private static void Collect(JsonElement element, List<string> texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, texts);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (member.NameEquals("text") && member.Value.ValueKind == JsonValueKind.String)
                    {
                        texts.Add(member.Value.GetString()!);
                    }
                    else if (!member.NameEquals("example"))
                    {
                        Collect(member.Value, texts);
                    }
                }

                break;
        }
    }
}
