using System.Text;
using WaConsole.CloudApi;

namespace WaConsole.Contract.Tests;

/// <summary>
/// docs/cloud-api-coverage.md is what these tests know: every kind in both directions. Written anew with
/// <c>WACONSOLE_WRITE_DOCS=1</c>, compared otherwise.
/// </summary>
public sealed class CoverageTests(Wire wire) : IClassFixture<Wire>
{
    [Fact]
    public async Task The_list_of_what_is_covered_is_up_to_date()
    {
        var file = Path.Combine(Root(), "docs", "cloud-api-coverage.md");
        var text = Text(await WebhookExampleReading.AllAsync(wire));
        if (Environment.GetEnvironmentVariable("WACONSOLE_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static string Text(IReadOnlyList<(string Name, IReadOnlyList<WebhookItem> Items)> webhooks)
    {
        var text = new StringBuilder();
        text.Append(
            """
            # What of the Cloud API is covered

            Made by `tests/WaConsole.Contract.Tests` (`WACONSOLE_WRITE_DOCS=1` writes it anew): each message below is built by the client,
            accepted by the simulator over HTTP and told of by signed webhooks that the reader reads. The requests are held
            against Meta's OpenAPI file of v23.0 in `tests/WaConsole.CloudApi.Tests`, which knows no webhooks.

            ## Messages to customers

            | kind | client | simulator | console |
            |---|---|---|---|

            """);
        foreach (var send in EverySend.All)
        {
            text.Append($"| {send.Name} | builds it | accepts it | {Sent(send.Name)} |\n");
        }

        text.Append("\n## Templates\n\n| kind | client | simulator | console |\n|---|---|---|---|\n");
        foreach (var template in EveryTemplate.All)
        {
            text.Append($"| {template.Name} | creates and sends it | reviews, approves and accepts it | shown in the thread when sent; composing comes with the studio |\n");
        }

        text.Append("\n## Webhooks\n\n| example | reader | console |\n|---|---|---|\n");
        foreach (var (name, items) in webhooks)
        {
            var item = items[0];
            var read = item is OtherItem ? $"kept whole: {WebhookExampleReading.ShapeUnknown[item.Field]}" : $"`{item.GetType().Name}`";
            text.Append($"| {name} | {read} | {Received(item)} |\n");
        }

        return text.ToString();
    }

    private static string Sent(string name) => name switch
    {
        "text" or "text with a link preview" or "image" or "video" or "audio" or "voice note" or "document" or "sticker" =>
            "sent from the composer and the API, shown in the thread",
        "reply buttons" or "reply buttons under a picture" or "reply buttons under a video" or "reply buttons under a document" or "list"
            or "link button" or "location request" or "contact information request" or "product" or "product list" or "catalogue" =>
            "sent from the composer and the API, shown in the thread",
        "location" or "contacts" => "sent from the composer, shown in the thread",
        "reaction" or "reaction taken back" => "sent from the thread, shown on its message",
        _ => "shown in the thread when another program sent it; not composed here",
    };

    private static string Received(WebhookItem item) => item switch
    {
        MessageItem => "thread and list",
        StatusItem { IsPayment: true } => "kept; payments are not on screen",
        StatusItem => "ticks, reasons and details of the message",
        CallItem => "one line in the thread for each call, with what it came to and how long it was; opens the window",
        UserPreferenceItem => "\"May we write?\" in the panel",
        UserIdUpdateItem => "the contact's identities",
        TemplateItem => "templates list and pickers",
        HistoryItem or HistoryMediaItem => "kept raw; importing old chats comes with the numbers",
        StandbyItem or HandoverItem or ConversationSummaryItem => "kept raw; another program has the thread",
        GroupItem => "a conversation of its own, named and with a notice of what changed; read only",
        OtherItem => "kept raw",
        _ => "kept raw; the screen comes with accounts and numbers",
    };

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WaConsole.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository's root is not above the test.");
        }

        return folder;
    }
}
