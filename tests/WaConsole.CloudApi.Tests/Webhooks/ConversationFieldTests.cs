using System.Text.Json;

namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>Routing, groups, the phone app's chats, and events beside messages.</summary>
public sealed class ConversationFieldTests
{
    private static readonly DateTime At = DateTime.UnixEpoch.AddSeconds(1_764_000_000);

    [Fact]
    public void A_thread_passed_to_us_names_number_customer_and_reason()
    {
        var item = Hook.Single<HandoverItem>(
            "messaging_handovers",
            """
            {"messaging_product":"whatsapp","sender":{"phone_number":"491"},
            "recipient":{"display_phone_number":"4930111","phone_number_id":"PNID"},"timestamp":"1764000000","type":"control_passed",
            "control_passed":{"previous_owner_role":"ai_agent","new_owner_role":"customer_service","metadata":"m",
            "previous_owner_app_id":"7","previous_owner_app_role":"meta_business_agent","new_owner_app_id":8,
            "conversation_context":{"type":"summary","summary":{"text":"Wants bread"}}}}
            """);

        Assert.True(item.IsOurs);
        Assert.Equal(("PNID", "4930111", "491"), (item.PhoneNumberId, item.DisplayPhoneNumber, item.CustomerPhone));
        Assert.Equal(("ai_agent", "customer_service", "m"), (item.PreviousOwnerRole, item.NewOwnerRole, item.Metadata));
        Assert.Equal(("7", "meta_business_agent", "8"), (item.PreviousOwnerAppId, item.PreviousOwnerAppRole, item.NewOwnerAppId));
        Assert.Equal(("Wants bread", At), (item.Summary, item.TimestampUtc));
    }

    [Theory]
    [InlineData("""{"control_passed":{}}""", "control_passed", true)]
    [InlineData("""{"control_taken":{}}""", "control_taken", false)]
    [InlineData("""{"type":"control_taken"}""", "control_taken", false)]
    [InlineData("{}", null, false)]
    public void A_handover_without_a_type_is_told_by_its_object(string value, string? type, bool ours)
    {
        var item = Hook.Single<HandoverItem>("messaging_handovers", value);

        Assert.Equal((type, ours), (item.Type, item.IsOurs));
    }

    [Fact]
    public void Somebody_elses_thread_comes_as_copies()
    {
        var items = Hook.Read(Hook.Body(
            "standby",
            $$$$"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"4930111","phone_number_id":"PNID"},
            "standby":{"contacts":[{{{{Hook.AdaContact}}}}],"messages":[{{{{Hook.MessageJson(""" "type":"text","text":{"body":"Hi"} """)}}}}],
            "statuses":[{"id":"wamid.O","status":"sent","timestamp":"1764000000","recipient_id":"4917012345678"}],
            "message_echoes":[{"id":"wamid.E","timestamp":"1764000000","message":{"to":"4917012345678","type":"text",
            "text":{"body":"Yes"}}},{"id":"wamid.F"}],"new_list":[1]}}
            """));

        var message = Assert.IsType<InboundMessageItem>(Assert.IsType<StandbyItem>(items[0]).Content);
        var status = Assert.IsType<StatusItem>(Assert.IsType<StandbyItem>(items[1]).Content);
        var echo = Assert.IsType<EchoItem>(Assert.IsType<StandbyItem>(items[2]).Content);
        Assert.Equal(("Hi", "Ada", "PNID"), (message.Text, message.ProfileName, items[0].PhoneNumberId));
        Assert.Equal(("wamid.O", "Ada"), (status.Wamid, status.ContactName));
        Assert.Equal(("wamid.E", "Yes", "4917012345678", At), (echo.Wamid, echo.Text, echo.To, echo.TimestampUtc));
        Assert.Equal(
            ["standby.messages", "standby.statuses", "standby.message_echoes", "standby.message_echoes", "standby.new_list"],
            items.Select(item => item.Part));
        Assert.Equal("wamid.F", Assert.IsType<EchoItem>(Assert.IsType<StandbyItem>(items[3]).Content).Wamid);
        Assert.IsType<OtherItem>(items[4]);
    }

    [Theory]
    [InlineData("""{"standby":{}}""", "standby")]
    [InlineData("""{"x":1}""", null)]
    public void A_standby_without_anything_is_kept(string value, string? part) =>
        Assert.Equal(part, Hook.Single<OtherItem>("standby", value).Part);

    [Fact]
    public void A_group_was_made_joined_and_changed()
    {
        var made = Hook.Single<GroupItem>(
            "group_lifecycle_update",
            Hook.Value(
                """
                "groups":[{"timestamp":"1764000000","group_id":"G","type":"group_create","request_id":"R","subject":"Bread",
                "description":"d","invite_link":"https://chat.example","join_approval_mode":"auto_approve"}]
                """));
        var joined = Hook.Single<GroupItem>(
            "group_participants_update",
            Hook.Value(
                """
                "groups":[{"group_id":"G","type":"group_participants_add","reason":"invite_link","initiated_by":"participant",
                "join_request_id":"J","wa_id":"491",
                "added_participants":[{"input":"+491","wa_id":"491","user_id":"DE.1","parent_user_id":"DE.ENT.1","username":"@ada"}],
                "removed_participants":[{"wa_id":"492"}],"failed_participants":[{"input":"+493","errors":[{"code":131202}]}]}]
                """));
        var changed = Hook.Single<GroupItem>(
            "group_settings_update",
            Hook.Value(
                """
                "groups":[{"group_id":"G","type":"group_settings_update","group_subject":{"text":"New","update_successful":true},
                "group_description":{"text":"d","update_successful":false,"errors":[{"code":131000}]},
                "profile_picture":{"mime_type":"image/jpeg","update_successful":true}}]
                """));
        var suspended = Hook.Single<GroupItem>(
            "group_status_update", Hook.Value("""  "groups":[{"group_id":"G","type":"group_suspend","errors":[{"code":131207}]}] """));

        Assert.Equal(("G", "group_create", "R", "Bread"), (made.GroupId, made.Type, made.RequestId, made.Subject));
        Assert.Equal(("https://chat.example", "auto_approve", At), (made.InviteLink, made.JoinApprovalMode, made.TimestampUtc));
        var added = Assert.Single(joined.Added);
        Assert.Equal(("+491", "491", "DE.1", "ada"), (added.Input, added.WaId, added.UserId, added.Username));
        Assert.Equal("492", Assert.Single(joined.Removed).WaId);
        Assert.Equal(131202, Assert.Single(Assert.Single(joined.Failed).Errors).Code);
        Assert.Equal(("invite_link", "participant", "J", "491"), (joined.Reason, joined.InitiatedBy, joined.JoinRequestId, joined.WaId));
        Assert.Equal(("New", true), (changed.SubjectChange!.Text, changed.SubjectChange.Succeeded));
        Assert.Equal(131000, Assert.Single(changed.DescriptionChange!.Errors).Code);
        Assert.True(changed.PictureChange!.Succeeded);
        Assert.Equal(131207, Assert.Single(suspended.Errors).Code);
    }

    [Fact]
    public void Old_chats_come_in_pieces_and_are_not_new_messages()
    {
        var items = Hook.Read(Hook.Body(
            "history",
            Hook.Value(
                """
                "history":[{"metadata":{"phase":1,"chunk_order":3,"progress":55},"threads":[{"id":"491",
                "context":{"wa_id":"491","user_id":"DE.1","username":"@ada"},"messages":[
                {"from":"491","id":"wamid.1","timestamp":"1764000000","type":"text","text":{"body":"Hi"},"history_context":{"status":"READ"}},
                {"from":"4930111","to":"491","id":"wamid.2","timestamp":"1764000000","type":"media_placeholder"},
                {"type":"text"}]}]},{"errors":[{"code":2593109}]}],
                "messages":[{"from":"491","id":"wamid.3","timestamp":"1764000000","type":"image","image":{"id":"M"}},{"id":"x"}],
                "message_echoes":[{"from":"4930111","to":"491","id":"wamid.2","timestamp":"1764000000","type":"image","image":{"id":"N"}}]
                """)));

        var piece = Assert.IsType<HistoryItem>(items[0]);
        Assert.Equal((1, 3, 55), (piece.Phase, piece.ChunkOrder, piece.Progress));
        var thread = Assert.Single(piece.Threads);
        Assert.Equal(("491", "491", "DE.1", "ada", 1), (thread.Id, thread.WaId, thread.UserId, thread.Username, thread.Unreadable));
        Assert.Equal("READ", thread.Messages[0].Status);
        Assert.Equal("Hi", Assert.IsType<InboundMessageItem>(thread.Messages[0].Message).Text);
        Assert.Equal(MessageKind.MediaPlaceholder, Assert.IsType<EchoItem>(thread.Messages[1].Message).Kind);
        Assert.Equal(2593109, Assert.Single(Assert.IsType<HistoryItem>(items[1]).Errors).Code);
        Assert.Equal("M", Assert.IsType<HistoryMediaItem>(items[2]).Message.Media!.Id);
        Assert.Equal("N", Assert.IsType<HistoryMediaItem>(items[^1]).Message.Media!.Id);
        Assert.DoesNotContain(items, item => item is MessageItem);
    }

    [Fact]
    public void A_contact_of_the_phone_app_is_read()
    {
        var item = Hook.Single<AppContactItem>(
            "smb_app_state_sync",
            Hook.Value(
                """
                "state_sync":[{"type":"contact","contact":{"full_name":"Ada L.","first_name":"Ada","phone_number":"491","user_id":"DE.1",
                "parent_user_id":"DE.ENT.1","username":"@ada"},"action":"add","metadata":{"timestamp":"1764000000"}}]
                """));

        Assert.Equal(("add", "Ada L.", "Ada", "491"), (item.Action, item.FullName, item.FirstName, item.PhoneNumber));
        Assert.Equal(("DE.1", "DE.ENT.1", "ada", At), (item.UserId, item.ParentUserId, item.Username, item.TimestampUtc));
    }

    [Fact]
    public void What_stands_beside_messages_has_its_kinds()
    {
        var items = Hook.Read(Hook.Body(
            "messages",
            Hook.Value(
                """
                "errors":[{"code":131000,"title":"t"}],
                "user_actions":[{"action_type":"marketing_messages_link_click","timestamp":"1764000000",
                "marketing_messages_link_click_data":{"click_component":"cta","click_id":"c","tracking_token":"t","product_id":"p"}}],
                "conversation_context":{"type":"summary","summary":{"text":"Wants bread"}}
                """)));

        Assert.Equal(131000, Assert.IsType<ErrorItem>(items[0]).Error.Code);
        var action = Assert.IsType<UserActionItem>(items[1]);
        Assert.Equal(("cta", "c", "t", "p", At), (action.ClickComponent, action.ClickId, action.TrackingToken, action.ProductId, action.TimestampUtc));
        Assert.Equal("Wants bread", Assert.IsType<ConversationSummaryItem>(items[2]).Summary);
        Assert.Equal(
            [("errors", true), ("user_actions", true), ("conversation_context", false)],
            items.Select(item => (item.Part!, item.IsListed)));
    }

    [Fact]
    public void Events_of_ads_are_read()
    {
        var found = Hook.Single<AutomaticEventItem>(
            "automatic_events",
            Hook.Value(
                """
                "automatic_events":[{"id":"wamid.1","event_name":"Purchase","timestamp":1764000000,"ctwa_clid":"c",
                "custom_data":{"currency":"EUR","value":7.5}}]
                """));
        var tracked = Hook.Single<TrackingEventItem>(
            "tracking_events",
            """{"events":[{"event_name":"sent","timestamp":1764000000,"tracking_data":{"click_id":"c","tracking_token":"t"}}]}""");

        Assert.Equal(("wamid.1", "Purchase", "c", "EUR", 7.5m), (found.Wamid, found.EventName, found.CtwaClid, found.Currency, found.Value));
        Assert.Equal(("sent", "c", "t", At), (tracked.EventName, tracked.ClickId, tracked.TrackingToken, tracked.TimestampUtc));
    }

    [Fact]
    public void A_call_tells_session_payloads_and_length()
    {
        var call = Hook.Single<CallItem>(
            "calls",
            Hook.Value(
                """
                "calls":[{"id":"wacid.1","event":"terminate","direction":"USER_INITIATED","from":"491","timestamp":"1764000000",
                "session":{"sdp_type":"offer","sdp":"v=0"},"cta_payload":"b","deeplink_payload":"d","biz_opaque_callback_data":"job:1",
                "status":"COMPLETED","start_time":"1764000000","end_time":"1764000000","duration":12,"from_parent_user_id":"DE.ENT.1",
                "to_parent_user_id":"DE.ENT.2","call_recording":{"type":"audio","audio":{"id":"R"}},"call_transcript":{"document":{"id":"T"}}}]
                """));

        Assert.Equal(("offer", "v=0"), (call.SdpType, call.Sdp));
        Assert.Equal(("b", "d", "job:1"), (call.ButtonPayload, call.DeeplinkPayload, call.CallbackData));
        Assert.Equal((At, At, 12), (call.StartedUtc, call.EndedUtc, call.DurationSeconds));
        Assert.Equal(("R", "T"), (call.RecordingMediaId, call.TranscriptMediaId));
        Assert.Equal(("DE.ENT.1", "DE.ENT.2"), (call.FromParentUserId, call.ToParentUserId));
    }

    [Fact]
    public void A_call_names_the_customer_as_the_contacts_beside_it_do()
    {
        var call = Hook.Single<CallItem>(
            "calls",
            Hook.Value(
                """
                "calls":[{"id":"wacid.1","event":"connect","direction":"USER_INITIATED","from":"4917012345678","timestamp":"1764000000"}]
                """));

        Assert.Equal(("Ada", "ada.l"), (call.ProfileName, call.Username));
        Assert.Equal(("4917012345678", "DE.1029384756", "DE.ENT.99"), (call.CustomerPhone, call.CustomerUserId, call.CustomerParentUserId));
    }

    [Theory]
    [InlineData("calls", "\"event\":\"connect\",\"direction\":\"USER_INITIATED\",\"from_parent_user_id\":\"DE.ENT.1\",\"to_parent_user_id\":\"DE.ENT.2\"", "DE.ENT.1")]
    [InlineData("calls", "\"event\":\"connect\",\"direction\":\"BUSINESS_INITIATED\",\"from_parent_user_id\":\"DE.ENT.1\",\"to_parent_user_id\":\"DE.ENT.2\"", "DE.ENT.2")]
    [InlineData("statuses", "\"type\":\"call\",\"status\":\"RINGING\",\"recipient_parent_user_id\":\"DE.ENT.3\"", "DE.ENT.3")]
    [InlineData("statuses", "\"type\":\"call\",\"status\":\"RINGING\",\"parent_recipient_user_id\":\"DE.ENT.4\"", "DE.ENT.4")]
    public void A_call_tells_the_customers_parent_id_whoever_calls(string list, string rest, string parent)
    {
        var call = Hook.Single<CallItem>("calls", Hook.Value($"\"{list}\":[{{\"id\":\"wacid.1\",\"timestamp\":\"1764000000\",{rest}}}]"));

        Assert.Equal(parent, call.CustomerParentUserId);
    }

    [Fact]
    public void Cards_carts_and_referrals_are_read_into_their_parts()
    {
        var cards = Hook.Message(
            """
            "type":"contacts","contacts":[{"name":{"formatted_name":"Ada L.","first_name":"Ada","last_name":"L."},
            "phones":[{"phone":"+491","wa_id":"491","type":"CELL"},{"type":"HOME"}],"emails":[{"email":"a@example.com","type":"WORK"}],
            "addresses":[{"city":"Berlin","country_code":"de"}],"org":{"company":"Mill","department":"d","title":"t"},
            "birthday":"1990-01-31","urls":[{"url":"https://x.example"}]},{"vcard":"BEGIN:VCARD"}]
            """).ContactCards;
        var order = Hook.Message(
            """
            "type":"order","order":{"catalog_id":"C","text":"Please","product_items":[{"product_retailer_id":"SKU","quantity":2,
            "item_price":7.99,"currency":"EUR"}]}
            """).Order!;
        var referral = Hook.Message(
            """
            "type":"text","text":{"body":"Hi"},"referral":{"source_url":"https://fb.example","source_id":"1","source_type":"ad",
            "body":"b","headline":"h","media_type":"video","video_url":"https://v.example","thumbnail_url":"https://t.example",
            "ctwa_clid":"c","welcome_message":{"text":"w"},"ref":"r"}
            """).Referral;

        Assert.Equal(("Ada L.", "Ada", "L.", "1990-01-31"), (cards[0].FormattedName, cards[0].FirstName, cards[0].LastName, cards[0].Birthday));
        Assert.Equal(new ContactPhone("+491", "CELL", "491"), Assert.Single(cards[0].Phones));
        Assert.Equal(new ContactEmail("a@example.com", "WORK"), Assert.Single(cards[0].Emails));
        Assert.Equal("Berlin", Assert.Single(cards[0].Addresses).City);
        Assert.Equal(new ContactOrganisation("Mill", "d", "t"), cards[0].Org);
        Assert.Equal("https://x.example", Assert.Single(cards[0].Urls).Url);
        Assert.Equal("BEGIN:VCARD", cards[1].VCard);
        Assert.Equal(("C", "Please"), (order.CatalogId, order.Text));
        Assert.Equal(new OrderLine("SKU", 2, 7.99m, "EUR"), Assert.Single(order.Lines));
        Assert.Equal(
            new MessageReferral("ad", "1", "https://fb.example", "h", "b", "video", "https://v.example", "https://t.example", "c", "w", "r"),
            referral);
    }

    [Fact]
    public void An_answer_about_calls_and_an_edited_picture_are_read()
    {
        var permission = Hook.Message(
            """
            "type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept",
            "is_permanent":false,"expiration_timestamp":1764000000,"response_source":"user_action"}}
            """).Interactive!.CallPermission;
        var edit = Hook.Message(
            """
            "type":"edit","edit":{"original_message_id":"wamid.X","message":{"type":"image","image":{"id":"M","caption":"New"}}}
            """).Edit!;
        var system = Hook.Message(
            """
            "type":"system","system":{"type":"user_identity_changed"},"identity":{"hash":"h","created_timestamp":1764000000}
            """).System!;

        Assert.Equal(new CallPermission(true, false, At, "user_action"), permission);
        Assert.Equal(("New", "M"), (edit.NewText, edit.NewMedia!.Id));
        Assert.Equal(("h", At), (system.IdentityHash, system.IdentityChangedUtc));
    }

    [Fact]
    public void A_status_tells_payment_group_template_and_cost()
    {
        var payment = Hook.Status<StatusItem>(
            """
            {"id":"pay.1","type":"payment","status":"captured","timestamp":"1764000000","payment":{"reference_id":"R",
            "amount":{"value":21000,"offset":100},"currency":"INR","transaction":{"id":"T"}}}
            """);
        var status = Hook.Status<StatusItem>(
            """
            {"id":"wamid.G","status":"delivered","timestamp":"1764000000","recipient_id":"G","recipient_type":"group",
            "recipient_participant_id":"491","recipient_participant_user_id":"DE.1","recipient_participant_parent_user_id":"DE.ENT.1",
            "template_id":77,"recipient_identity_key_hash":"h","pricing":{"category":"marketing","cost":{"amount":0.06,"currency":"USD"}}}
            """);

        Assert.True(payment.IsPayment);
        Assert.Equal(new PaymentProgress("R", 210m, "INR", """{"id":"T"}"""), payment.Payment);
        Assert.Null(status.Payment);
        Assert.Equal(("group", "491", "DE.ENT.1"), (status.RecipientType, status.ParticipantId, status.ParticipantParentUserId));
        Assert.Equal(("77", "h"), (status.TemplateId, status.IdentityKeyHash));
        Assert.Equal((0.06m, "USD"), (status.Pricing!.Cost, status.Pricing.CostCurrency));
    }

    [Fact]
    public void A_sign_up_names_its_link() => Assert.Equal(
        "S1",
        Hook.Single<UserPreferenceItem>(
            "user_preferences",
            Hook.Value(
                """
                "user_preferences":[{"user_id":"DE.1","category":"marketing_messages","value":"signup","signup_id":"S1","timestamp":1}]
                """)).SignupId);

    [Fact]
    public void Nothing_in_the_sample_of_everything_is_kept_raw()
    {
        var items = Hook.Read(Samples.Everything);

        Assert.DoesNotContain(items, item => item is OtherItem or WebhookItem.Unreadable);
        Assert.Empty(Kinds().Except(items.Select(item => item.GetType())));
        Assert.All(items, item => JsonDocument.Parse(item.RawJson).Dispose());
    }

    /// <summary>Every kind there is, so that a new one cannot be forgotten in the sample that fuzzing starts from.</summary>
    private static IEnumerable<Type> Kinds() => typeof(WebhookItem).Assembly.GetTypes().Where(type =>
        type.IsSubclassOf(typeof(WebhookItem))
        && type is { IsAbstract: false }
        && type != typeof(OtherItem)
        && type != typeof(WebhookItem.Unreadable));
}
