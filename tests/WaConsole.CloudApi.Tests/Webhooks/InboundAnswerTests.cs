namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>Choices, presses, orders, and notices that WhatsApp itself puts into a chat.</summary>
public sealed class InboundAnswerTests
{
    public static TheoryData<string, InteractiveReply> Replies => new()
    {
        {
            """{"type":"button_reply","button_reply":{"id":"yes","title":"Yes"}}""",
            new InteractiveReply("button_reply", "yes", "Yes", null, null)
        },
        {
            """{"type":"list_reply","list_reply":{"id":"r1","title":"Row","description":"More"}}""",
            new InteractiveReply("list_reply", "r1", "Row", "More", null)
        },
        {
            """{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"t\"}"}}""",
            new InteractiveReply("nfm_reply", "flow", "Sent", null, """{"flow_token":"t"}""")
        },
        {
            """{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}}""",
            new InteractiveReply("call_permission_reply", null, null, null, """{"response":"accept"}""")
            {
                CallPermission = new(Accepted: true, IsPermanent: false, ExpiresUtc: null, Source: null),
            }
        },
        {
            """{"type":"shiny_reply","shiny_reply":{"id":"1","glow":2}}""",
            new InteractiveReply("shiny_reply", "1", null, null, """{"id":"1","glow":2}""")
        },
        { """{"type":"empty_reply"}""", new InteractiveReply("empty_reply", null, null, null, null) },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_choice_is_read_whatever_its_kind(string interactive, InteractiveReply expected)
    {
        var message = Hook.Message($""" "type":"interactive","interactive":{interactive} """);

        Assert.Equal(MessageKind.Interactive, message.Kind);
        Assert.Equal(expected, message.Interactive);
        Assert.Equal(expected.Title, message.Text);
    }

    [Fact]
    public void A_choice_without_its_object_is_still_a_message()
    {
        var items = Hook.Read(Hook.Body(
            "messages",
            Hook.Value(
                $$"""
                "messages":[{{Hook.MessageJson(""" "type":"interactive" """)}}],
                "errors":[{"code":131000,"title":"Unsupported webhook payload"}]
                """)));

        var message = Assert.IsType<InboundMessageItem>(items[0]);
        Assert.Equal(MessageKind.Interactive, message.Kind);
        Assert.Null(message.Interactive);
        Assert.Equal(131000, Assert.IsType<ErrorItem>(items[1]).Error.Code);
    }

    [Fact]
    public void A_pressed_template_button_brings_payload_and_label()
    {
        var message = Hook.Message(""" "type":"button","button":{"payload":"P1","text":"Stop"} """);

        Assert.Equal(MessageKind.Button, message.Kind);
        Assert.Equal(new ButtonReply("P1", "Stop"), message.Button);
        Assert.Equal("Stop", message.Text);
    }

    [Fact]
    public void An_order_stays_raw()
    {
        var message = Hook.Message(""" "type":"order","order":{"catalog_id":"C","product_items":[{"item_price":7.99}]} """);

        Assert.Equal(MessageKind.Order, message.Kind);
        Assert.Contains("7.99", message.OrderJson, StringComparison.Ordinal);
    }

    public static TheoryData<string, SystemNotice> Notices => new()
    {
        {
            """ "system":{"body":"b","type":"user_changed_number","wa_id":"49999"} """,
            new SystemNotice("user_changed_number", "b", "49999", null, null, null)
        },
        {
            """ "system":{"body":"b","type":"customer_changed_number","new_wa_id":"49999"} """,
            new SystemNotice("customer_changed_number", "b", "49999", null, null, null)
        },
        {
            """ "system":{"type":"user_changed_user_id","user_id":"DE.2","parent_user_id":"DE.ENT.2"} """,
            new SystemNotice("user_changed_user_id", null, null, "DE.2", "DE.ENT.2", null)
        },
        {
            """ "system":{"type":"customer_identity_changed"},"identity":{"acknowledged":true,"hash":"H2"} """,
            new SystemNotice("customer_identity_changed", null, null, null, null, "H2")
        },
    };

    [Theory]
    [MemberData(nameof(Notices))]
    public void A_system_notice_tells_what_changed(string notice, SystemNotice expected)
    {
        var message = Hook.Message($""" "type":"system",{notice} """);

        Assert.Equal(MessageKind.System, message.Kind);
        Assert.Equal(expected, message.System);
    }
}
