using System.Text;

namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>Builds webhook bodies around the part a test is about.</summary>
internal static class Hook
{
    public const string AdaContact =
        """
        {"profile":{"name":"Ada","username":"@ada.l"},"wa_id":"4917012345678","user_id":"DE.1029384756",
        "parent_user_id":"DE.ENT.99","identity_key_hash":"h"}
        """;

    public static IReadOnlyList<WebhookItem> Read(string body) => WebhookReader.Read(Encoding.UTF8.GetBytes(body));

    public static string Body(string field, string value) =>
        $$"""
        {"object":"whatsapp_business_account","entry":[{"id":"WABA","time":1764000000,
        "changes":[{"field":"{{field}}","value":{{value}}}]}]}
        """;

    public static string Value(string lists) =>
        $$"""
        {"messaging_product":"whatsapp","metadata":{"display_phone_number":"4930111","phone_number_id":"PNID"},
        "contacts":[{{AdaContact}}],{{lists}}}
        """;

    /// <summary>A message from Ada: only what follows the common part is given.</summary>
    public static string MessageJson(string rest) =>
        $$"""
        {"from":"4917012345678","from_user_id":"DE.1029384756","from_parent_user_id":"DE.ENT.99","id":"wamid.IN1",
        "timestamp":"1764000001",{{rest}}}
        """;

    public static InboundMessageItem Message(string rest) => Assert.IsType<InboundMessageItem>(
        Assert.Single(Read(Body("messages", Value($"\"messages\":[{MessageJson(rest)}]")))));

    public static T Status<T>(string status, string contacts = AdaContact)
        where T : WebhookItem
    {
        var value =
            $$"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"4930111","phone_number_id":"PNID"},
            "contacts":[{{contacts}}],"statuses":[{{status}}]}
            """;
        return Assert.IsType<T>(Assert.Single(Read(Body("messages", value))));
    }

    public static T Single<T>(string field, string value)
        where T : WebhookItem
        => Assert.IsType<T>(Assert.Single(Read(Body(field, value))));
}
