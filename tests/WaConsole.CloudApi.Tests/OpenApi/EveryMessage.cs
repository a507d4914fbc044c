using System.Text.Json;
using WaConsole.CloudApi.Tests.Sending;

namespace WaConsole.CloudApi.Tests.OpenApi;

/// <summary>A request under the name the list of known differences calls it by.</summary>
public sealed record NamedRequest(string Name, string Method, string Path, string? Json)
{
    public override string ToString() => Name;
}

/// <summary>Every message the wire tests spell out, as requests.</summary>
internal static class EveryMessage
{
    private static readonly Recipient Ada = new Recipient.Phone("+4917012345678");

    public static IEnumerable<NamedRequest> All() =>
    [
        .. OutboundMessageTests.Contents.Select(row => Request(row.Data.Item1.Type, row.Data.Item1)),
        .. InteractiveTests.Contents.Select(row => Request(
            $"interactive {row.Data.Item1.Type}", new OutboundContent.Interactive(row.Data.Item1))),
        .. OutboundMessageTests.Components.Select(row => Template(row.Data.Item1)),
        .. InteractiveTests.Components.Select(row => Template(row.Data.Item1)),
        Message("reply", new(Ada, new OutboundContent.Text("Hi")) { ReplyToWamid = "wamid.A", CallbackData = "job:42" }),
        Message("text to a BSUID", new(new Recipient.UserId("DE.1"), new OutboundContent.Text("Hi"))),
        Message("text to a group", new(new Recipient.Group("G1"), new OutboundContent.Text("Hi"))),
        Message("pin", new(new Recipient.Group("G1"), new OutboundContent.Pin("wamid.A", 7))),
        Message("direct send", new(Ada, new OutboundContent.Text("Hi")) { DirectSend = new("utility", 60, "x") }),
        new(
            "marketing",
            "POST",
            "/v26.0/1/marketing_messages",
            System.Text.Encoding.UTF8.GetString(new OutboundMessage(Ada, new OutboundContent.Template("spring", "de"))
                .ToUtf8(new MarketingOptions(Strict: true, ShareActivity: true)))),
    ];

    private static NamedRequest Request(string name, OutboundContent content) => Message(name, new(Ada, content));

    private static NamedRequest Message(string name, OutboundMessage message) =>
        new(name, "POST", "/v26.0/1/messages", message.ToJson());

    private static NamedRequest Template(TemplateComponent component)
    {
        var message = new OutboundMessage(Ada, new OutboundContent.Template("order_update", "de", [component]));
        using var json = JsonDocument.Parse(message.ToJson());
        var part = json.RootElement.GetProperty("template").GetProperty("components")[0];
        var subType = part.TryGetProperty("sub_type", out var button) ? $" {button.GetString()}" : "";
        return Message($"template {part.GetProperty("type").GetString()}{subType}", message);
    }
}
