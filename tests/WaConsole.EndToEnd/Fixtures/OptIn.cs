using System.Net.Http.Json;
using System.Text.Json;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>A customer's agreement to offers, told by a program.</summary>
internal static class OptIn
{
    /// <param name="api">The REST API of the console.</param>
    /// <param name="phone">Digits only; the customer wrote.</param>
    public static async Task RecordAsync(HttpClient api, string phone)
    {
        var contacts = default(JsonElement);
        await Until.TrueAsync(
            async () => (contacts = (await api.GetFromJsonAsync<JsonElement>($"contacts?search={phone}")).GetProperty("items")).GetArrayLength() > 0,
            "the customer who wrote");
        var contact = contacts[0].GetProperty("id").GetString();
        using var answer = await api.PostAsJsonAsync($"contacts/{contact}/opt-ins", new
        {
            purpose = "marketing",
            basis = "consent",
            jurisdiction = "DE",
            business = "Alder & Oak",
            wording = "Alder & Oak may send me offers by WhatsApp. I can stop at any time by answering STOP. Privacy: https://example.com/privacy",
            wordingLanguage = "en",
            evidence = "Form of the shop",
        });
        answer.EnsureSuccessStatusCode();
    }
}
