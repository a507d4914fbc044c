using System.Net.Http.Json;
using System.Text.Json;
using WaConsole.CloudApi;

namespace WaConsole.Contract.Tests;

/// <summary>Every webhook the simulator can tell is read into a type of its own.</summary>
public sealed class WebhookTests(Wire wire) : IClassFixture<Wire>
{
    [Fact]
    public async Task Each_example_is_read_into_a_type()
    {
        var unread = new List<string>();
        foreach (var (name, items) in await WebhookExampleReading.AllAsync(wire))
        {
            if (items.Count == 0 || items.Any(item => item is WebhookItem.Unreadable
                || (item is OtherItem && !WebhookExampleReading.ShapeUnknown.ContainsKey(item.Field))))
            {
                unread.Add($"{name}: {string.Join(", ", items.Select(item => item.GetType().Name))}");
            }
        }

        Assert.Equal([], unread);
    }

    [Fact]
    public async Task What_nobody_knows_yet_is_kept_whole()
    {
        var items = await wire.NextAfterAsync(() => WebhookExampleReading.TellAsync(
            wire, new { field = "something_new", value = new { kind = "brand_new" } }));

        var other = Assert.IsType<OtherItem>(Assert.Single(items));
        Assert.Equal("brand_new", JsonElement.Parse(other.RawJson).GetProperty("kind").GetString());
    }
}

/// <summary>Tells the simulator's examples one after the other and keeps what the reader made of each.</summary>
internal static class WebhookExampleReading
{
    /// <summary>Fields Meta lists without saying what they hold (Meta, Webhooks reference, 2026): kept whole, read by nobody.</summary>
    public static IReadOnlyDictionary<string, string> ShapeUnknown { get; } = new Dictionary<string, string>
    {
        ["consumer_profile"] = "Meta shows no example",
        ["message_echoes"] = "of another product's pages; WhatsApp sends smb_message_echoes",
    };

    public static async Task<IReadOnlyList<(string Name, IReadOnlyList<WebhookItem> Items)>> AllAsync(Wire wire)
    {
        using var http = new HttpClient { BaseAddress = wire.Address };
        var names = await http.GetFromJsonAsync<JsonElement>("/control/webhooks", TestContext.Current.CancellationToken);
        var read = new List<(string, IReadOnlyList<WebhookItem>)>();
        foreach (var name in Names(names).Order(StringComparer.Ordinal))
        {
            read.Add((name, await wire.NextAfterAsync(() => TellAsync(wire, new { example = name }))));
        }

        return read;
    }

    public static async Task TellAsync(Wire wire, object webhook)
    {
        using var http = new HttpClient { BaseAddress = wire.Address };
        using var answer = await http.PostAsJsonAsync("/control/webhooks", webhook, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Names(JsonElement answer) => (answer.ValueKind == JsonValueKind.Array
        ? answer
        : answer.EnumerateObject().First().Value).EnumerateArray().Select(name => name.GetString()!);
}
