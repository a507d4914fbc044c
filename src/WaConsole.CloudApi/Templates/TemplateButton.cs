using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

/// <summary>A button of a template to be reviewed. Labels up to 25 characters.</summary>
public abstract record TemplateButton
{
    private TemplateButton()
    {
    }

    internal abstract JsonNode ToJson();

    public sealed record QuickReply(string Label) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("QUICK_REPLY", Label);
    }

    /// <param name="Address">Up to 2,000; one variable at most, at its very end.</param>
    /// <param name="Sample">The whole address with a sample in it; with a variable only.</param>
    public sealed record Url(string Label, string Address, string? Sample = null) : TemplateButton
    {
        internal override JsonNode ToJson() => Button(
            "URL", Label, ("url", Address), ("example", Sample is null ? null : JsonBytes.List([Sample])));
    }

    /// <param name="Number">Up to 20.</param>
    public sealed record Phone(string Label, string Number) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("PHONE_NUMBER", Label, ("phone_number", Number));
    }

    /// <summary>Copies a coupon; WhatsApp writes the label.</summary>
    /// <param name="Sample">Up to 15 are safe: Meta's pages say 15 and 20.</param>
    public sealed record CopyCode(string Sample) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("COPY_CODE", label: null, ("example", Sample));
    }

    /// <summary>Opens a form.</summary>
    /// <param name="FlowId">Or null with <paramref name="FlowName"/>.</param>
    /// <param name="Screen">First screen; null lets the form's server decide.</param>
    public sealed record Flow(string Label, string? FlowId, string? Screen = null, string? FlowName = null)
        : TemplateButton
    {
        internal override JsonNode ToJson() => Button(
            "FLOW",
            Label,
            ("flow_id", FlowId),
            ("flow_name", FlowId is null ? FlowName : null),
            ("flow_action", Screen is null ? "data_exchange" : "navigate"),
            ("navigate_screen", Screen));
    }

    public sealed record Catalog(string Label) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("CATALOG", Label);
    }

    public sealed record Products(string Label) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("MPM", Label);
    }

    public sealed record SingleProduct(string Label) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("SPM", Label);
    }

    public sealed record VoiceCall(string Label) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("VOICE_CALL", Label);
    }

    /// <summary>Asks for the phone number; WhatsApp writes the label (July 2026). Utility and marketing.</summary>
    public sealed record RequestContactInfo : TemplateButton
    {
        internal override JsonNode ToJson() => Button("REQUEST_CONTACT_INFO", label: null);
    }

    /// <summary>The one button of a one-time password. Without a label WhatsApp writes it.</summary>
    public sealed record CopyPassword(string? Label = null) : TemplateButton
    {
        internal override JsonNode ToJson() => Button("OTP", Label, ("otp_type", "COPY_CODE"));
    }

    /// <summary>Fills the code into an Android app; elsewhere it copies.</summary>
    /// <param name="Apps">Up to 5.</param>
    /// <param name="ZeroTap">Without a tap; the customer's terms for that have been accepted.</param>
    public sealed record FillInPassword(
        IReadOnlyList<PasswordApp> Apps,
        bool ZeroTap = false,
        string? Label = null,
        string? FillInLabel = null) : TemplateButton
    {
        internal override JsonNode ToJson() => Button(
            "OTP",
            Label,
            ("otp_type", ZeroTap ? "ZERO_TAP" : "ONE_TAP"),
            ("autofill_text", FillInLabel),
            ("zero_tap_terms_accepted", ZeroTap ? true : null),
            ("supported_apps", JsonBytes.List(Apps.Select(app => (JsonNode)new JsonObject
            {
                ["package_name"] = app.Package,
                ["signature_hash"] = app.SignatureHash,
            }))));
    }

    /// <summary>Any other button, as it goes over the wire.</summary>
    public sealed record Raw(JsonElement Value) : TemplateButton
    {
        internal override JsonNode ToJson() => JsonObject.Create(Value)!;
    }

    private static JsonObject Button(
        string type, string? label, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var button = JsonBytes.Of(("type", type), ("text", label));
        foreach (var (name, value) in more)
        {
            if (value is not null)
            {
                button[name] = value;
            }
        }

        return button;
    }
}

/// <param name="Package">With a dot in it, up to 224 characters.</param>
/// <param name="SignatureHash">11 characters.</param>
public sealed record PasswordApp(string Package, string SignatureHash);
