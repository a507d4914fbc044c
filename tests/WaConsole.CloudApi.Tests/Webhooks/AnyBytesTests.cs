using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>Whatever arrives, the reader returns items or throws its own exception.</summary>
public sealed class AnyBytesTests
{
    private static readonly byte[] Sample = Encoding.UTF8.GetBytes(Samples.Everything);

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u", "\\ud83d", "\\udc4d", "null", "true", "1e999", "-0", "\0",
        "\"messages\"", "\"id\"", "\"timestamp\"", "\"entry\"", "{}", "[]", "[[]]", "99999999999999999999",
    ];

    [Property(MaxTest = 2000)]
    public void Bytes_at_random(byte[] body) => ReadOrRefuse(body);

    [Property(MaxTest = 2000)]
    public Property Pieces_of_JSON_in_any_order() => Prop.ForAll(
        Gen.Elements(Fragments).ListOf().ToArbitrary(),
        pieces => ReadOrRefuse(Encoding.UTF8.GetBytes(string.Concat(pieces))));

    [Property(MaxTest = 3000)]
    public void A_real_body_with_bytes_changed(NonNegativeInt[] places, byte[] values)
    {
        var body = Sample.ToArray();
        for (var n = 0; n < Math.Min(places.Length, values.Length); n++)
        {
            body[Place(places[n], body.Length)] = values[n];
        }

        ReadOrRefuse(body);
    }

    [Property(MaxTest = 2000)]
    public void A_real_body_cut_and_glued(NonNegativeInt from, NonNegativeInt to, NonNegativeInt piece)
    {
        var text = Samples.Everything;
        var start = Place(from, text.Length);
        var end = Math.Max(start, Place(to, text.Length));

        ReadOrRefuse(Encoding.UTF8.GetBytes(text[..start] + Fragments[Place(piece, Fragments.Length)] + text[end..]));
    }

    [Property(MaxTest = 3000)]
    public void A_real_body_with_any_value_replaced_by_any_other(NonNegativeInt which, NonNegativeInt by)
    {
        string[] others =
            ["null", "true", "[]", "{}", "[null]", "[{}]", "\"\"", "\"x\"", "0", "-1", "1e400", "\"LONE\"", "{\"id\":{}}"];
        var root = JsonNode.Parse(Samples.Everything)!;
        var all = Descendants(root).ToList();
        var target = all[Place(which, all.Count)];
        target.ReplaceWith(JsonNode.Parse(others[Place(by, others.Length)]));

        var body = root.ToJsonString().Replace("LONE", "\\ud800", StringComparison.Ordinal);
        var items = WebhookReader.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal(Enumerable.Range(0, items.Count), items.Select(item => item.Index));
        Assert.All(items, item => JsonNode.Parse(item.RawJson));
    }

    [Property(MaxTest = 2000)]
    public void A_signature_header_of_any_text(string? header, byte[] body, string secret) =>
        Assert.False(WebhookSignature.Verify(body, header, [secret ?? ""]));

    private static void ReadOrRefuse(byte[] body)
    {
        try
        {
            Assert.NotNull(WebhookReader.Read(body));
        }
        catch (WebhookFormatException)
        {
            // The one declared refusal.
        }
    }

    /// <summary>Everything below the list of entries; replacing that list itself is a refusal of its own.</summary>
    private static IEnumerable<JsonNode> Descendants(JsonNode root) => Below(root["entry"]!);

    private static IEnumerable<JsonNode> Below(JsonNode node)
    {
        var children = node switch
        {
            JsonObject inner => inner.Select(pair => pair.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (var child in children.OfType<JsonNode>())
        {
            yield return child;
            foreach (var deeper in Below(child))
            {
                yield return deeper;
            }
        }
    }

    private static int Place(NonNegativeInt number, int length) => (int)((uint)number.Get * 2654435761u % (uint)length);
}
