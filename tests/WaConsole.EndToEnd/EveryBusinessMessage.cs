namespace WaConsole.EndToEnd;

/// <summary>A message of a business as another program sends it, and what the customer must be able to read and press.</summary>
/// <param name="Type">Of the request.</param>
/// <param name="Content">The object under it; <c>IMAGE</c>, <c>VIDEO</c> … stand for the ids of uploaded samples.</param>
/// <param name="Words">What stands in the bubble; the first finds it.</param>
/// <param name="Button">One of its buttons.</param>
/// <param name="Picture">What must be drawn or playable in it, as a selector.</param>
internal sealed record BusinessMessage(string Type, string Content, string[] Words, string? Button = null, string? Picture = null);

/// <summary>Every kind a business in Germany can send.</summary>
internal static class EveryBusinessMessage
{
    public static IReadOnlyList<BusinessMessage> All { get; } =
    [
        new("text", """{"body":"It is *ready*: https://alder-oak.example"}""", ["It is ready"]),
        new("image", """{"id":"IMAGE","caption":"The scratch is gone"}""", ["The scratch is gone"], Picture: "img"),
        new("video", """{"id":"VIDEO","caption":"Hear it yourself"}""", ["Hear it yourself"], Picture: "video"),
        new("audio", """{"id":"VOICE","voice":true}""", [], Picture: "audio[aria-label='Voice message']"),
        new("audio", """{"id":"AUDIO"}""", [], Picture: "audio[aria-label='Audio']"),
        new("document", """{"id":"DOCUMENT","filename":"receipt.pdf"}""", ["receipt.pdf"], Picture: "a[download]"),
        new("sticker", """{"id":"STICKER"}""", [], Picture: "img.sticker"),
        new("location", """{"latitude":"52.5031","longitude":"13.4184","name":"Alder & Oak","address":"Lindenstraße 14"}""", ["Lindenstraße 14", "Alder & Oak"]),
        new("contacts", """[{"name":{"formatted_name":"Ada Lund","first_name":"Ada"},"phones":[{"phone":"+49301234"}]}]""", ["Ada Lund", "+49301234"]),
        Interactive("""{"type":"button","header":{"type":"image","image":{"id":"IMAGE"}},"body":{"text":"Which colour?"},"footer":{"text":"Until six"},"action":{"buttons":[{"type":"reply","reply":{"id":"c","title":"Chestnut"}},{"type":"reply","reply":{"id":"b","title":"Black"}}]}}""", ["Which colour?", "Until six"], "Chestnut", "img"),
        Interactive("""{"type":"list","header":{"type":"text","text":"Fitting"},"body":{"text":"When suits you?"},"action":{"button":"Days","sections":[{"title":"This week","rows":[{"id":"w","title":"Wednesday","description":"From ten"},{"id":"f","title":"Friday"}]}]}}""", ["When suits you?", "Fitting"], "Days"),
        Interactive("""{"type":"location_request_message","body":{"text":"Where shall we fetch them?"},"action":{"name":"send_location"}}""", ["Where shall we fetch them?"], "Send location"),
        Interactive("""{"type":"request_contact_info","body":{"text":"May we have your number?"},"action":{"name":"request_contact_info"}}""", ["May we have your number?"], "Share contact info"),
        Interactive("""{"type":"flow","body":{"text":"Book a fitting"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_token":"fit-1","flow_id":"123456789012345","flow_cta":"Book now","flow_action":"navigate","flow_action_payload":{"screen":"START","data":{"shop":"Berlin"}}}}}""", ["Book a fitting"], "Book now"),
        Interactive("""{"type":"voice_call","body":{"text":"Rather talk?"},"action":{"name":"voice_call","parameters":{"display_text":"Ring us"}}}""", ["Rather talk?"], "Ring us"),
        Interactive("""{"type":"call_permission_request","body":{"text":"May we call you?"},"action":{"name":"call_permission_request"}}""", ["May we call you?"], "Choose preference"),
        Interactive("""{"type":"cta_url","body":{"text":"Follow the parcel"},"action":{"name":"cta_url","parameters":{"display_text":"Track it","url":"https://alder-oak.example/t"}}}""", ["Follow the parcel", "Track it"]),
        Interactive("""{"type":"product","body":{"text":"For the care"},"action":{"catalog_id":"740000000000001","product_retailer_id":"WAX-SET"}}""", ["For the care", "Beeswax and brush", "14.50 EUR"], "View"),
        Interactive("""{"type":"product_list","header":{"type":"text","text":"Shoes"},"body":{"text":"Our picks for you"},"action":{"catalog_id":"740000000000001","sections":[{"title":"A","product_items":[{"product_retailer_id":"BOOT-GREEN-36"},{"product_retailer_id":"WAX-SET"}]}]}}""", ["Our picks for you", "Shoes", "2 items"], "View items"),
        Interactive("""{"type":"catalog_message","body":{"text":"All we make"},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"BOOT-BLACK-38"}}}""", ["All we make", "Whole catalogue"], "View catalogue"),
        Interactive("""{"type":"carousel","body":{"text":"Two offers"},"action":{"cards":[{"card_index":0,"type":"cta_url","header":{"type":"image","image":{"id":"IMAGE"}},"body":{"text":"Soles"},"action":{"name":"cta_url","parameters":{"display_text":"Buy soles","url":"https://alder-oak.example/1"}}},{"card_index":1,"type":"cta_url","header":{"type":"image","image":{"id":"IMAGE"}},"body":{"text":"Heels"},"action":{"name":"cta_url","parameters":{"display_text":"Buy heels","url":"https://alder-oak.example/2"}}}]}}""", ["Two offers", "Soles", "Heels", "Buy soles"], picture: "img"),
        Interactive("""{"type":"carousel","body":{"text":"Two goods"},"action":{"cards":[{"card_index":0,"type":"product","action":{"product_retailer_id":"WAX-SET","catalog_id":"740000000000001"}},{"card_index":1,"type":"product","action":{"product_retailer_id":"BOOT-GREEN-36","catalog_id":"740000000000001"}}]}}""", ["Two goods", "Beeswax and brush", "Green boot, 36"]),
        Template("""{"name":"invoice","language":{"code":"en"},"components":[{"type":"header","parameters":[{"type":"document","document":{"id":"DOCUMENT","filename":"2041.pdf"}}]},{"type":"body","parameters":[{"type":"text","text":"Nour"},{"type":"text","text":"AO-2041"},{"type":"text","text":"5 December"}]}]}""", ["here is the invoice for order AO-2041", "2041.pdf"]),
        Template("""{"name":"care_voucher","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"Nour"}]},{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"CEDAR20"}]}]}""", ["Thank you for walking with us, Nour", "Open the shop"], "Copy offer code"),
        Template("""{"name":"sign_in_code","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"482913"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"482913"}]}]}""", ["482913"]),
    ];

    private static BusinessMessage Interactive(string content, string[] words, string? button = null, string? picture = null) =>
        new("interactive", content, words, button, picture);

    private static BusinessMessage Template(string content, string[] words, string? button = null) => new("template", content, words, button);
}
