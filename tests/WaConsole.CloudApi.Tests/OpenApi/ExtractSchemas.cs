using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WaConsole.CloudApi.Tests.OpenApi;

/// <summary>
/// Takes out of Meta's OpenAPI file what a request or webhook can be checked by, as plain JSON schemas:
/// <list type="number">
/// <item>examples and prose go;</item>
/// <item><c>allOf</c> becomes one object, because its parts forbid each other's properties
/// (<c>additionalProperties: false</c> beside <c>allOf</c>), so that as written no message at all would pass;</item>
/// <item>references point to <c>definitions</c>, and only what is reachable stays.</item>
/// </list>
/// Everything else stays as Meta wrote it, faults included: those are listed with the tests.
/// </summary>
internal sealed class ExtractSchemas(JsonObject openApi)
{
    private static readonly string[] Prose = ["description", "example", "examples", "title", "x-stainless-any", "externalDocs"];
    private static readonly string[] Methods = ["get", "post", "delete", "put", "patch"];

    private readonly JsonObject _schemas = openApi["components"]!["schemas"]!.AsObject();
    private readonly SortedDictionary<string, JsonNode> _definitions = new(StringComparer.Ordinal);

    public static string Run(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var openApi = ToJson(stream.Documents[0].RootNode)!.AsObject();
        return new ExtractSchemas(openApi).Extract(openApi).ToJsonString(new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }

    private JsonObject Extract(JsonObject openApi)
    {
        var operations = new JsonArray();
        foreach (var (path, item) in openApi["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject().Where(pair => Methods.Contains(pair.Key, StringComparer.Ordinal)))
            {
                operations.Add((JsonNode)Operation(path, method, operation!.AsObject()));
            }
        }

        return new JsonObject
        {
            ["source"] = $"{openApi["info"]!["version"]}, {openApi["paths"]!.AsObject().Count} paths",
            ["operations"] = operations,
            ["definitions"] = new JsonObject(_definitions.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
    }

    private JsonObject Operation(string path, string method, JsonObject operation)
    {
        var name = $"{method.ToUpperInvariant()} {path}";
        var body = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if (body is not null)
        {
            _definitions[name] = Schema(body);
        }

        return new JsonObject
        {
            ["name"] = name,
            ["query"] = new JsonArray([.. (operation["parameters"]?.AsArray() ?? [])
                .Where(parameter => parameter?["in"]?.GetValue<string>() == "query")
                .Select(parameter => (JsonNode?)parameter!["name"]!.GetValue<string>())]),
            ["body"] = body is not null,
        };
    }

    private JsonNode Schema(JsonNode node) => node switch
    {
        JsonObject { } given when given["$ref"] is { } reference => Reference(reference.GetValue<string>()),
        JsonObject { } given when given["allOf"] is JsonArray parts => Merge(given, parts),
        JsonObject given => new JsonObject(given
            .Where(pair => !Prose.Contains(pair.Key, StringComparer.Ordinal) && pair.Key != "discriminator")
            .Select(pair => KeyValuePair.Create(pair.Key, Value(pair.Key, pair.Value)))),
        _ => node.DeepClone(),
    };

    /// <summary>Names of properties are not keywords, though some read like prose.</summary>
    private JsonNode? Value(string keyword, JsonNode? value) => value switch
    {
        JsonObject properties when keyword == "properties" => new JsonObject(
            properties.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Schema(pair.Value!)))),
        JsonObject schema => Schema(schema),
        JsonArray { Count: > 0 } schemas when schemas[0] is JsonObject => new JsonArray([.. schemas.Select(item => Schema(item!))]),
        _ => value?.DeepClone(),
    };

    private JsonObject Reference(string reference)
    {
        var name = reference[(reference.LastIndexOf('/') + 1)..];
        if (!_definitions.ContainsKey(name))
        {
            _definitions[name] = new JsonObject();
            _definitions[name] = Schema(_schemas[name]!);
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
    }

    private JsonObject Merge(JsonObject given, JsonArray parts)
    {
        var properties = new JsonObject();
        var required = new SortedSet<string>(StringComparer.Ordinal);
        var isClosed = false;
        foreach (var part in parts.Append(given).Select(part => Resolve(part!)))
        {
            foreach (var (name, schema) in part["properties"]?.AsObject() ?? [])
            {
                properties[name] = Schema(schema!);
            }

            required.UnionWith((part["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()));
            isClosed |= part["additionalProperties"] is JsonValue value && value.TryGetValue<bool>(out var open) && !open;
        }

        var merged = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            merged["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        }

        if (isClosed)
        {
            merged["additionalProperties"] = false;
        }

        return merged;
    }

    /// <summary>A part of an <c>allOf</c>, which may be made of parts itself.</summary>
    private JsonObject Resolve(JsonNode part)
    {
        var schema = part.AsObject();
        return schema["$ref"] is { } reference
            ? Resolve(_schemas[reference.GetValue<string>()[(reference.GetValue<string>().LastIndexOf('/') + 1)..]]!)
            : schema;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(
            pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value),
        YamlScalarNode text => text.Value,
        _ => null,
    };

    private static JsonNode? Plain(string? text) => text switch
    {
        null or "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
