using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

/// <summary>Messages and their parts in a few words.</summary>
internal static class Describe
{
    private const int Most = 80;

    /// <summary>Kinds WhatsApp does not pass on to a business; Meta names more than a phone can send.</summary>
    public static readonly string[] UnsupportedKinds =
        ["poll_creation", "poll_update", "gif", "group_invite", "keep_in_chat", "pin", "edit", "unnamed"];

    /// <summary>For lists and quotes.</summary>
    public static string Short(ChatLine line) =>
        line.Revoked ? PhoneText.T("DeletedByYou") : Cut(Words(line.Content));

    /// <summary>The word for a kind of message.</summary>
    public static string Kind(string kind) => PhoneText.T(kind is "image" or "video" or "audio" or "document" or "sticker" or "location"
        or "contacts" or "order" or "system" ? "Kind_" + kind : "Kind_other");

    public static string Unsupported(string? kind) =>
        PhoneText.T("Unsupported_" + (UnsupportedKinds.Contains(kind) ? kind : "unnamed"));

    /// <summary>What WhatsApp writes on a button the business gives no words.</summary>
    public static string Button(string kind) => PhoneText.T(kind switch
    {
        "product" or "spm" => "Button_product",
        "mpm" => "Button_mpm",
        "catalog" => "Button_catalog",
        "address_message" => "Button_address",
        "voice_call" => "Button_voice_call",
        "call_permission_request" => "Button_permission",
        "send_location" => "SendLocation",
        "request_contact_info" => "ShareContact",
        "copy_code" => "Button_copy",
        "order_details" => "Button_pay",
        "order_status" => "Button_order",
        "flow" => "Button_flow",
        _ => "Kind_other",
    });

    public static string AddressField(string name) => name switch
    {
        "name" => PhoneText.T("Name"),
        "phone_number" => PhoneText.T("PhoneNumber"),
        "in_pin_code" => PhoneText.T("Address_pin"),
        "house_number" => PhoneText.T("Address_house"),
        "floor_number" => PhoneText.T("Address_floor"),
        "tower_number" => PhoneText.T("Address_tower"),
        "building_name" => PhoneText.T("Address_building"),
        "address" => PhoneText.T("Address_address"),
        "landmark_area" => PhoneText.T("Address_landmark"),
        "city" => PhoneText.T("Address_city"),
        "state" => PhoneText.T("Address_state"),
        _ => name,
    };

    private static string Words(MessageContent content) => content switch
    {
        { Answer: { } answer } => answer.Title,
        { Form.Name: "address_message" } => PhoneText.T("AddressSent"),
        { Form: not null } => PhoneText.T("FormSent"),
        { CallPermission: { } permission } => PhoneText.T(permission.Accepted ? "CallsForNow" : "CallsRefused"),
        { Kind: "unsupported" } => Unsupported(content.SubKind),
        { Text.Length: > 0 } => content.Text,
        { Kind: "audio", Media.Voice: true } => PhoneText.T("Kind_voice"),
        { HeaderText: { } header } => header,
        _ => Kind(content.Kind),
    };

    private static string Cut(string text) => text.Length <= Most ? text : text[..Most] + "…";
}
