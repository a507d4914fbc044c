using System.Text.Json.Nodes;
using WaConsole.CloudApi.Tests.Calls;

namespace WaConsole.CloudApi.Tests.OpenApi;

/// <summary>
/// Meta's OpenAPI file of v23.0 as a referee: every request the client can make, as far as that file knows it. Where
/// the file and Meta's newer pages differ, the difference stands in <see cref="KnownDifferences"/> with its reason.
/// </summary>
public sealed class OpenApiTests
{
    private static readonly Lazy<Task<MetaSchemas>> Meta = new(() => MetaSchemas.LoadAsync(CancellationToken.None));

    public static TheoryData<NamedRequest> Requests => [.. All.Select(request => new TheoryDataRow<NamedRequest>(request))];

    private static IReadOnlyList<NamedRequest> All { get; } =
    [
        .. EveryMessage.All(),
        .. EveryCall.All.Select(call => new NamedRequest(call.Name, call.Method, call.PathAndQuery, call.Body)),
        new("MarkRead", "POST", "/v26.0/1/messages", """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN"}"""),
        new("GetMedia", "GET", "/v26.0/55?phone_number_id=1", null),
        new("DeleteMedia", "DELETE", "/v26.0/55?phone_number_id=1", null),
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Each_request_is_as_Meta_describes_it(NamedRequest request)
    {
        var faults = await FaultsAsync(request);

        Assert.Empty(faults.Except(KnownDifferences.Of(request.Name), StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_known_difference_is_listed_in_vain()
    {
        var found = new HashSet<(string, string)>();
        foreach (var request in All)
        {
            found.UnionWith((await FaultsAsync(request)).Select(fault => (request.Name, fault)));
        }

        Assert.All(
            KnownDifferences.All,
            known => Assert.Contains(found, one => known.IsAbout(one.Item1) && known.Fault == one.Item2));
    }

    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"text","text":{"body":1}}""")]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"text"}""")]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"image","image":{}}""")]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"crowd","to":"1","type":"text","text":{"body":"Hi"}}""")]
    public async Task A_wrong_request_is_found_out(string json) =>
        Assert.NotEmpty(await FaultsAsync(new("wrong", "POST", "/v26.0/1/messages", json)));

    [Fact]
    public async Task A_parameter_nobody_knows_is_found_out() => Assert.Equal(
        ["query x"], await FaultsAsync(new("wrong", "POST", "/v26.0/1/whatsapp_commerce_settings?x=1", null)));

    private static async Task<IReadOnlyList<string>> FaultsAsync(NamedRequest request)
    {
        var meta = await Meta.Value;
        var (path, query) = request.Path.Split('?', 2) is [var before, var after] ? (before, after) : (request.Path, "");
        if (meta.Find(request.Method, path) is not { } operation)
        {
            return ["operation"];
        }

        var sent = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);

        // Graph takes what belongs into the body from the query as well, as Meta's pages write some of these calls.
        var body = operation.HasBody && request.Json is null && sent.Count > 0
            ? new JsonObject(sent.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))).ToJsonString()
            : request.Json;
        var faults = body is not null && operation.HasBody ? meta.Faults(operation, body) : [];
        return body != request.Json
            ? faults
            : [.. faults, .. sent.Keys.Except(operation.Query, StringComparer.Ordinal).Select(name => $"query {name}")];
    }
}
