using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

/// <summary>A filled form as the phone sends it: empty blanks are left out, a Flow carries its token.</summary>
internal static class FilledForm
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MessageContent Of(AskedForm form, IReadOnlyList<FormBlank> answers, string? savedAddress = null)
    {
        List<FormBlank> filled = [.. answers.Where(a => !string.IsNullOrWhiteSpace(a.Name) && !string.IsNullOrWhiteSpace(a.Value)).DistinctBy(a => a.Name.Trim())];
        var values = new JsonObject(filled.Select(answer => KeyValuePair.Create<string, JsonNode?>(answer.Name.Trim(), answer.Value!.Trim())));
        if (form.Kind != "address_message")
        {
            values["flow_token"] = form.Token;
            return Content("flow", "Sent", values);
        }

        var address = new JsonObject { ["values"] = values };
        if (savedAddress is not null)
        {
            address["saved_address_id"] = savedAddress;
        }

        return Content("address_message", string.Join(", ", filled.Select(answer => answer.Value!.Trim())), address);
    }

    private static MessageContent Content(string name, string body, JsonObject json) =>
        new() { Kind = "interactive", Form = new FormPart(name, body, json.ToJsonString(AsWritten)) };
}
