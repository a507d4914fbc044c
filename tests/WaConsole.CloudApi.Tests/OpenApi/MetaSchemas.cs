using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;

namespace WaConsole.CloudApi.Tests.OpenApi;

/// <summary>Meta's OpenAPI file of v23.0, as far as requests and webhooks go. The extract lies beside the tests.</summary>
internal sealed partial class MetaSchemas
{
    private readonly JsonSchema _root;
    private readonly IReadOnlyList<Operation> _operations;

    private MetaSchemas(JsonSchema root, IReadOnlyList<Operation> operations) => (_root, _operations) = (root, operations);

    public static async Task<MetaSchemas> LoadAsync(CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "OpenApi", "meta-openapi-v23.json"), cancellationToken);
        var file = JsonNode.Parse(text)!;
        var operations = file["operations"]!.AsArray().Select(node => new Operation(
            node!["name"]!.GetValue<string>(),
            [.. node["query"]!.AsArray().Select(name => name!.GetValue<string>())],
            node["body"]!.GetValue<bool>())).ToList();
        return new(await JsonSchema.FromJsonAsync(text, cancellationToken), operations);
    }

    /// <summary>The operation a request goes to; null when the file does not have it.</summary>
    public Operation? Find(string method, string path) =>
        _operations.FirstOrDefault(operation => IsFor(operation.Name, $"{method} {path}"));

    public IReadOnlyList<string> Faults(Operation operation, string json) => Faults(operation.Name, json);

    /// <summary>What the file has against this text, one line each, without the text.</summary>
    public IReadOnlyList<string> Faults(string definition, string json) =>
        [.. Flat(_root.Definitions[definition].Validate(json)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Flat(IEnumerable<ValidationError> errors) => errors.SelectMany(error =>
        error is ChildSchemaValidationError { Errors: var alternatives } && Meant(error, [.. alternatives.Values]) is { } faults
            ? faults
            : [$"{error.Kind} {error.Path}"]);

    /// <summary>None of several forms fits. Where a type tells them apart, what the one that was meant has against it.</summary>
    private static List<string>? Meant(ValidationError error, IReadOnlyList<ICollection<ValidationError>> alternatives)
    {
        if (alternatives.Count == 1)
        {
            return [.. Flat(alternatives[0])];
        }

        var type = $"NotInEnumeration {error.Path ?? "#/"}{(error.Path is null or "#/" ? "" : ".")}type";
        var byType = alternatives.Select(faults => Flat(faults).ToList()).ToLookup(faults => faults.Contains(type, StringComparer.Ordinal));
        return byType[true].Any() && byType[false].Count() == 1 ? byType[false].Single() : null;
    }

    /// <summary>The tests call numbers 1, accounts 9, templates 7, groups 66 and Flows 88, so that an address tells what it names.</summary>
    private static bool IsFor(string operation, string request)
    {
        var pattern = Parameter().Replace(operation, parameter => parameter.Value switch
        {
            "{Version}" => "v26.0",
            "{Phone-Number-ID}" => "1",
            "{WABA-ID}" or "{WhatsApp-Business-Account-ID}" => "9",
            "{TEMPLATE_ID}" => "7",
            "{group_id}" => "66",
            "{Flow-ID}" => "88",
            "{Media-ID}" => "55",
            "{QR-Code-ID}" => "CODE1",
            _ => "-",
        });
        return pattern == request;
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}

internal sealed record Operation(string Name, IReadOnlyList<string> Query, bool HasBody);
