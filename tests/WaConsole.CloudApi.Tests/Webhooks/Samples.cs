namespace WaConsole.CloudApi.Tests.Webhooks;

internal static class Samples
{
    /// <summary>One body with an item of every kind the reader knows.</summary>
    public const string Everything =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"WABA","time":1764000000,"changes":[
        {"field":"messages","value":{"messaging_product":"whatsapp",
         "metadata":{"display_phone_number":"4930111","phone_number_id":"PNID"},
         "contacts":[{"profile":{"name":"Ada \ud83d\udc4d","username":"@ada"},"wa_id":"491","user_id":"DE.1"}],
         "messages":[
          {"from":"491","from_user_id":"DE.1","id":"m1","timestamp":"1764000001","type":"text","text":{"body":"Hi"},
           "context":{"from":"4930111","id":"m0","referred_product":{"catalog_id":"C","product_retailer_id":"S"}},
           "referral":{"source_type":"ad","ctwa_clid":"c"}},
          {"from":"491","id":"m2","timestamp":"1764000001","type":"image","image":{"id":"M","mime_type":"image/jpeg","sha256":"h","caption":"c"}},
          {"from":"491","id":"m3","timestamp":"1764000001","type":"location","location":{"latitude":52.5,"longitude":13.4,"name":"n"}},
          {"from":"491","id":"m4","timestamp":"1764000001","type":"contacts","contacts":[{"name":{"formatted_name":"B"},"origin":"other"}]},
          {"from":"491","id":"m5","timestamp":"1764000001","type":"reaction","reaction":{"message_id":"m0","emoji":"x"}},
          {"from":"491","id":"m6","timestamp":"1764000001","type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r","title":"t","description":"d"}}},
          {"from":"491","id":"m7","timestamp":"1764000001","type":"button","button":{"payload":"p","text":"t"}},
          {"from":"491","id":"m8","timestamp":"1764000001","type":"order","order":{"catalog_id":"C","product_items":[{"quantity":2,"item_price":7.99}]}},
          {"from":"491","id":"m9","timestamp":"1764000001","type":"system","system":{"type":"user_changed_number","wa_id":"492"},"identity":{"hash":"h"}},
          {"from":"491","id":"m10","timestamp":"1764000001","type":"unsupported","errors":[{"code":131051,"error_data":{"details":"d"}}],"unsupported":{"type":"poll_creation"}},
          {"from":"491","id":"m11","timestamp":"1764000001","type":"edit","edit":{"original_message_id":"m0","message":{"type":"text","text":{"body":"new"}}}},
          {"from":"491","id":"m12","timestamp":"1764000001","type":"revoke","revoke":{"original_message_id":"m0"}}],
         "statuses":[
          {"id":"o1","status":"delivered","timestamp":"1764000002","recipient_id":"491","recipient_user_id":"DE.1",
           "biz_opaque_callback_data":"job:1","conversation":{"id":"c","expiration_timestamp":"1764600000","origin":{"type":"service"}},
           "pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"service"}},
          {"id":"o2","status":"failed","timestamp":"1764000002","errors":[{"code":131047,"title":"t","error_data":{"details":"d"}}]}],
         "errors":[{"code":131000}],"user_actions":[{"action_type":"landing_page_view"}]}},
        {"field":"smb_message_echoes","value":{"message_echoes":[{"from":"4930111","to":"491","id":"e1","timestamp":"1764000003","type":"text","text":{"body":"x"}}]}},
        {"field":"calls","value":{"calls":[{"id":"w1","event":"connect","direction":"USER_INITIATED","from":"491","timestamp":"1764000004"}],
         "statuses":[{"id":"w2","type":"call","status":"ACCEPTED","timestamp":"1764000004","recipient_id":"491"}]}},
        {"field":"user_preferences","value":{"user_preferences":[{"wa_id":"491","user_id":"DE.1","category":"marketing_messages","value":"stop","timestamp":1764000005}]}},
        {"field":"user_id_update","value":{"user_id_update":[{"wa_id":"491","timestamp":"1764000006","user_id":{"previous":"DE.1","current":"DE.2"}}]}},
        {"field":"message_template_status_update","value":{"event":"REJECTED","message_template_id":123,"message_template_name":"x","message_template_language":"en-US","reason":"NONE","rejection_info":{"reason":"r"}}},
        {"field":"message_template_quality_update","value":{"previous_quality_score":"GREEN","new_quality_score":"RED","message_template_id":123}},
        {"field":"template_category_update","value":{"message_template_id":123,"previous_category":"UTILITY","new_category":"MARKETING"}},
        {"field":"account_update","value":{"event":"DISABLED_UPDATE"}}]}]}
        """;
}
