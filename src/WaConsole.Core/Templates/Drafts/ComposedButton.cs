namespace WaConsole.Core.Templates.Drafts;

/// <summary>A button of a template. <see cref="Rest"/> holds members that are not known here, as a JSON object.</summary>
public abstract record ComposedButton
{
    private ComposedButton()
    {
    }

    public string? Rest { get; init; }

    /// <summary>Null for a button whose label WhatsApp writes.</summary>
    public static string? LabelOf(ComposedButton button) => button switch
    {
        QuickReply reply => reply.Label,
        Url url => url.Label,
        Phone phone => phone.Label,
        Flow flow => flow.Label,
        Catalogue catalogue => catalogue.Label,
        Products products => products.Label,
        Product product => product.Label,
        VoiceCall call => call.Label,
        OrderDetails order => order.Label,
        _ => null,
    };

    public sealed record QuickReply(string Label) : ComposedButton;

    /// <param name="Label">At most 25 characters.</param>
    /// <param name="Address">One variable at most, at its end.</param>
    /// <param name="Sample">For the variable: the whole address or its end.</param>
    public sealed record Url(string Label, string Address, string? Sample = null) : ComposedButton;

    public sealed record Phone(string Label, string Number) : ComposedButton;

    /// <summary>WhatsApp writes the label.</summary>
    public sealed record CopyCode(string Sample) : ComposedButton;

    /// <summary>Opens a form: one of id, name and JSON.</summary>
    /// <param name="Screen">The first screen; null leaves it to the form's server.</param>
    /// <param name="Icon">DOCUMENT, PROMOTION, REVIEW or null.</param>
    public sealed record Flow(string Label, string? FlowId, string? FlowName = null, string? FlowJson = null, string? Screen = null, string? Icon = null)
        : ComposedButton;

    public sealed record Catalogue(string Label = "View catalog") : ComposedButton;

    /// <summary>Several products, chosen when sending (MPM).</summary>
    public sealed record Products(string Label = "View items") : ComposedButton;

    /// <summary>One product, chosen when sending (SPM).</summary>
    public sealed record Product(string Label = "View") : ComposedButton;

    public sealed record VoiceCall(string Label) : ComposedButton;

    /// <summary>Asks for the customer's phone number; WhatsApp writes the label.</summary>
    public sealed record ContactInfo : ComposedButton;

    /// <summary>Shows an order to pay; the order is given when sending.</summary>
    public sealed record OrderDetails(string Label) : ComposedButton;

    /// <summary>A kind that is not known here, as JSON.</summary>
    public sealed record Other(string Json) : ComposedButton;
}

public enum CodeDelivery
{
    CopyCode = 1,
    OneTap = 2,
    ZeroTap = 3,
}

/// <summary>A template for sign-in codes: WhatsApp writes the words.</summary>
/// <param name="ExpiresInMinutes">1 to 90; null for no footer.</param>
/// <param name="Label">Null for WhatsApp's own.</param>
/// <param name="FillInLabel">Of one-tap and zero-tap; null for WhatsApp's own.</param>
/// <param name="Apps">Android apps that take the code; up to five.</param>
/// <param name="ZeroTapTermsAccepted">Must be true for zero-tap.</param>
public sealed record ComposedCode(
    CodeDelivery Delivery,
    bool AddSecurityRecommendation = true,
    int? ExpiresInMinutes = null,
    string? Label = null,
    string? FillInLabel = null,
    IReadOnlyList<CodeApp>? Apps = null,
    bool ZeroTapTermsAccepted = false);

public sealed record CodeApp(string PackageName, string SignatureHash);
