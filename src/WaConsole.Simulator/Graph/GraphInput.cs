using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;

namespace WaConsole.Simulator.Graph;

/// <summary>The parameters of a management call. The Graph API takes them in the query, as a form or as JSON alike.</summary>
internal sealed class GraphInput
{
    private const int BodyMax = 1024 * 1024;

    private GraphInput(JsonElement body, bool malformed)
    {
        Body = body;
        Malformed = malformed;
    }

    public JsonElement Body { get; }

    /// <summary>The body was neither JSON nor a form.</summary>
    public bool Malformed { get; }

    public SendChecks Checks { get; } = new(management: true);

    public static async ValueTask<GraphInput?> BindAsync(HttpContext http)
    {
        var request = http.Request;
        var all = new JsonObject();
        foreach (var (name, values) in request.Query)
        {
            if (name != "access_token")
            {
                all[name] = ValueOf(values.ToString());
            }
        }

        if (request.HasFormContentType)
        {
            foreach (var (name, values) in await request.ReadFormAsync(http.RequestAborted))
            {
                all[name] = ValueOf(values.ToString());
            }

            return new GraphInput(Element(all), malformed: false);
        }

        var bytes = await BoundedBody.ReadAsync(request, BodyMax, http.RequestAborted);
        if (bytes is null or { Length: 0 })
        {
            return new GraphInput(Element(all), malformed: bytes is null);
        }

        try
        {
            if (JsonNode.Parse(bytes) is not JsonObject given)
            {
                return new GraphInput(Element(all), malformed: true);
            }

            foreach (var (name, value) in given)
            {
                all[name] = value?.DeepClone();
            }

            return new GraphInput(Element(all), malformed: false);
        }
        catch (JsonException)
        {
            return new GraphInput(Element(all), malformed: true);
        }
    }

    public bool Has(string name) => SendChecks.Member(Body, name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public string? Text(string name, int max = 2048, bool required = false)
    {
        var found = SendChecks.Member(Body, name);
        if (found.ValueKind == JsonValueKind.Number)
        {
            return found.GetRawText();
        }

        return Checks.Text(Body, name, "request", max, required);
    }

    public long? Number(string name) =>
        long.TryParse(Text(name, 32), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Flag(string name) => Checks.Flag(Body, name, "request");

    /// <summary>The texts of a list, given as JSON or separated by commas.</summary>
    public IReadOnlyList<string> List(string name) => SendChecks.Member(Body, name) switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(item => item.ToString())],
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        _ => [],
    };

    /// <summary>Refuses everything but the calls of WhatsApp.</summary>
    public void MustBeWhatsApp()
    {
        if (Malformed)
        {
            Checks.Refuse(100, "The request is not valid JSON.");
        }

        if (!SendChecks.Is(Body, "messaging_product", "whatsapp"))
        {
            Checks.Refuse(100, "The parameter messaging_product is required.");
        }
    }

    /// <summary>The refusal as an answer, or what the caller made of the input.</summary>
    public IResult Answer(Func<IResult> otherwise)
    {
        if (Malformed)
        {
            Checks.Refuse(100, "The request is not valid JSON.");
        }

        return Checks.Refusal is { } refusal ? GraphAccess.Answer(refusal) : otherwise();
    }

    private static JsonElement Element(JsonObject all) => JsonSerializer.SerializeToElement(all);

    // Lists and objects come as JSON inside a query parameter or a form field.
    private static JsonNode? ValueOf(string text)
    {
        if (text.StartsWith('[') || text.StartsWith('{'))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return text;
            }
        }

        return text;
    }
}
