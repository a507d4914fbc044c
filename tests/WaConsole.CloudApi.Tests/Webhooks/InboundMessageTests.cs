using System.Text.Json;

namespace WaConsole.CloudApi.Tests.Webhooks;

public sealed class InboundMessageTests
{
    [Fact]
    public void A_text_comes_with_place_sender_and_contact()
    {
        var message = Hook.Message(""" "type":"text","text":{"body":"Hi"} """);

        Assert.Equal(0, message.Index);
        Assert.Equal("WABA", message.BusinessAccountId);
        Assert.Equal("messages", message.Field);
        Assert.Equal("PNID", message.PhoneNumberId);
        Assert.Equal("4930111", message.DisplayPhoneNumber);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_764_000_000), message.EntryTime);
        Assert.Equal("wamid.IN1", message.Wamid);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_764_000_001), message.TimestampUtc);
        Assert.Equal(DateTimeKind.Utc, message.TimestampUtc.Kind);
        Assert.Equal("4917012345678", message.From);
        Assert.Equal("DE.1029384756", message.FromUserId);
        Assert.Equal("DE.ENT.99", message.FromParentUserId);
        Assert.Equal("4917012345678", message.WaId);
        Assert.Equal("Ada", message.ProfileName);
        Assert.Equal("ada.l", message.Username);
        Assert.Equal("h", message.IdentityKeyHash);
        Assert.Equal("text", message.Type);
        Assert.Equal(MessageKind.Text, message.Kind);
        Assert.Equal("Hi", message.Text);
        Assert.Null(message.Media);
        Assert.Null(message.Context);
        Assert.Empty(message.Errors);
    }

    [Fact]
    public void The_raw_text_holds_the_message_and_its_contact()
    {
        var message = Hook.Message(""" "type":"text","text":{"body":"Hi"},"brand_new":{"x":1} """);

        using var raw = JsonDocument.Parse(message.RawJson);
        Assert.Equal(1, raw.RootElement.GetProperty("message").GetProperty("brand_new").GetProperty("x").GetInt32());
        var profile = raw.RootElement.GetProperty("contact").GetProperty("profile");
        Assert.Equal("Ada", profile.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("image", MessageKind.Image)]
    [InlineData("video", MessageKind.Video)]
    public void A_picture_or_video_has_media_and_caption(string type, MessageKind kind)
    {
        var message = Hook.Message(
            $$""" "type":"{{type}}","{{type}}":{"id":123,"mime_type":"a/b","sha256":"h","caption":"Look","url":"https://u"} """);

        Assert.Equal(kind, message.Kind);
        Assert.Equal("Look", message.Text);
        Assert.Equal(
            new MessageMedia("123", "a/b", "h", null, Voice: false, Animated: false, "https://u", "Look"),
            message.Media);
    }

    [Fact]
    public void A_voice_note_says_so()
    {
        var message = Hook.Message(
            """ "type":"audio","audio":{"id":"M","mime_type":"audio/ogg; codecs=opus","sha256":"h","voice":true} """);

        Assert.Equal(MessageKind.Audio, message.Kind);
        Assert.True(message.Media!.Voice);
        Assert.Equal("audio/ogg; codecs=opus", message.Media.MimeType);
        Assert.Null(message.Text);
    }

    [Fact]
    public void A_document_keeps_the_senders_file_name()
    {
        var message = Hook.Message(
            """ "type":"document","document":{"id":"M","mime_type":"application/pdf","filename":"..\/..\/x.pdf"} """);

        Assert.Equal(MessageKind.Document, message.Kind);
        Assert.Equal("../../x.pdf", message.Media!.FileName);
    }

    [Fact]
    public void A_sticker_may_move()
    {
        var message = Hook.Message(
            """ "type":"sticker","sticker":{"id":"M","mime_type":"image/webp","sha256":"h","animated":true} """);

        Assert.Equal(MessageKind.Sticker, message.Kind);
        Assert.True(message.Media!.Animated);
    }

    [Theory]
    [InlineData("52.5", "-13.4")]
    [InlineData("\"52.5\"", "\"-13.4\"")]
    public void A_location_is_read_from_numbers_and_from_texts(string latitude, string longitude)
    {
        var message = Hook.Message(
            $$""" "type":"location","location":{"latitude":{{latitude}},"longitude":{{longitude}},"name":"Shop","address":"St 1","url":"https://u"} """);

        Assert.Equal(MessageKind.Location, message.Kind);
        Assert.Equal(new MessageLocation(52.5, -13.4, "Shop", "St 1", "https://u"), message.Location);
    }

    [Theory]
    [InlineData(""" "contacts":[{"name":{"formatted_name":"Bob"}}],"origin":"contact_request" """)]
    [InlineData(""" "contacts":[{"name":{"formatted_name":"Bob"},"origin":"contact_request"}] """)]
    public void Contact_cards_stay_raw_and_tell_their_origin(string cards)
    {
        var message = Hook.Message($""" "type":"contacts",{cards} """);

        Assert.Equal(MessageKind.Contacts, message.Kind);
        Assert.Equal("contact_request", message.ContactsOrigin);
        using var raw = JsonDocument.Parse(message.ContactsJson!);
        Assert.Equal("Bob", raw.RootElement[0].GetProperty("name").GetProperty("formatted_name").GetString());
    }

    [Theory]
    [InlineData(""" {"message_id":"wamid.X","emoji":"\ud83d\udc4d"} """, "👍")]
    [InlineData(""" {"message_id":"wamid.X","emoji":""} """, null)]
    [InlineData(""" {"message_id":"wamid.X"} """, null)]
    public void A_reaction_without_emoji_is_a_reaction_taken_back(string reaction, string? emoji)
    {
        var message = Hook.Message($""" "type":"reaction","reaction":{reaction} """);

        Assert.Equal(MessageKind.Reaction, message.Kind);
        Assert.Equal(new MessageReaction("wamid.X", emoji), message.Reaction);
    }

    [Fact]
    public void A_reply_names_the_quoted_message()
    {
        var message = Hook.Message(
            """ "context":{"from":"4930111","id":"wamid.OUT"},"type":"text","text":{"body":"Yes"} """);

        Assert.Equal(new MessageContext("wamid.OUT", "4930111", false, false, null), message.Context);
    }

    [Theory]
    [InlineData("forwarded", true, false)]
    [InlineData("frequently_forwarded", false, true)]
    public void A_forwarded_message_says_how_often(string name, bool forwarded, bool frequently)
    {
        var message = Hook.Message($$""" "context":{"{{name}}":true},"type":"text","text":{"body":"Chain"} """);

        Assert.Equal(new MessageContext(null, null, forwarded, frequently, null), message.Context);
    }

    [Fact]
    public void A_question_about_a_product_names_it()
    {
        var message = Hook.Message(
            """
            "context":{"from":"4930111","id":"wamid.O","referred_product":{"catalog_id":"C","product_retailer_id":"SKU"}},
            "type":"text","text":{"body":"?"}
            """);

        Assert.Equal(new ReferredProduct("C", "SKU"), message.Context!.ReferredProduct);
    }

    [Fact]
    public void A_message_from_an_ad_keeps_its_referral()
    {
        var message = Hook.Message(
            """ "referral":{"source_type":"ad","ctwa_clid":"clid"},"type":"text","text":{"body":"Hi"} """);

        using var referral = JsonDocument.Parse(message.ReferralJson!);
        Assert.Equal("clid", referral.RootElement.GetProperty("ctwa_clid").GetString());
    }

    [Fact]
    public void What_WhatsApp_does_not_pass_on_keeps_its_name_and_error()
    {
        var message = Hook.Message(
            """
            "type":"unsupported","unsupported":{"type":"poll_creation"},
            "errors":[{"code":131051,"title":"T","message":"M","error_data":{"details":"D"},"href":"https://x"}, 7]
            """);

        Assert.Equal(MessageKind.Unsupported, message.Kind);
        Assert.Equal("poll_creation", message.UnsupportedType);
        Assert.Equal(new CloudApiError(131051, Title: "T", Message: "M", Details: "D"), Assert.Single(message.Errors));
    }

    [Fact]
    public void An_edit_names_the_original_and_brings_the_new_text()
    {
        var message = Hook.Message(
            """ "type":"edit","edit":{"original_message_id":"wamid.X","message":{"type":"text","text":{"body":"new"}}} """);

        Assert.Equal(MessageKind.Edit, message.Kind);
        Assert.Equal("wamid.X", message.Edit!.OriginalWamid);
        Assert.Equal("text", message.Edit.NewType);
        Assert.Equal("new", message.Edit.NewText);
        Assert.Contains("new", message.Edit.ContentJson, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_caption_is_the_new_text()
    {
        var message = Hook.Message(
            """ "type":"edit","edit":{"original_message_id":"wamid.X","message":{"type":"image","image":{"caption":"new"}}} """);

        Assert.Equal("new", message.Edit!.NewText);
    }

    [Fact]
    public void A_deletion_names_the_original()
    {
        var message = Hook.Message(""" "type":"revoke","revoke":{"original_message_id":"wamid.X"} """);

        Assert.Equal(MessageKind.Revoke, message.Kind);
        Assert.Equal("wamid.X", message.RevokedWamid);
    }

    [Fact]
    public void A_kind_nobody_knows_is_kept()
    {
        var message = Hook.Message(""" "type":"hologram","hologram":{"id":"H"} """);

        Assert.Equal(MessageKind.Unknown, message.Kind);
        Assert.Equal("hologram", message.Type);
        Assert.Contains("\"hologram\":{\"id\":\"H\"}", message.RawJson, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_message_names_the_group()
    {
        var message = Hook.Message(""" "group_id":"G1","type":"text","text":{"body":"Hi"} """);

        Assert.Equal("G1", message.GroupId);
    }

    [Fact]
    public void Parts_of_the_wrong_kind_count_as_missing()
    {
        var message = Hook.Message(
            """ "type":"text","text":["not","an","object"],"context":"no","referral":7,"errors":{"code":1},"group_id":{} """);

        Assert.Null(message.Text);
        Assert.Null(message.Context);
        Assert.Null(message.ReferralJson);
        Assert.Null(message.GroupId);
        Assert.Empty(message.Errors);
    }

    [Fact]
    public void A_customer_with_a_hidden_number_has_a_user_id_only()
    {
        var items = Hook.Read(Hook.Body(
            "messages",
            """
            {"metadata":{"phone_number_id":106540352242922},"contacts":[{"profile":{"name":"Eve"},"user_id":"US.7"}],
            "messages":[{"from_user_id":"US.7","id":"wamid.E","timestamp":1764000001,"type":"text","text":{"body":"Hi"}}]}
            """));

        var message = Assert.IsType<InboundMessageItem>(Assert.Single(items));
        Assert.Null(message.From);
        Assert.Null(message.WaId);
        Assert.Equal("US.7", message.FromUserId);
        Assert.Equal("Eve", message.ProfileName);
        Assert.Equal("106540352242922", message.PhoneNumberId);
    }
}
