using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>The kinds of button the studio makes, in the order in which they are offered.</summary>
internal static class ButtonKinds
{
    public static readonly IReadOnlyList<string> OfTemplate =
        ["QuickReply", "Url", "Phone", "CopyCode", "Flow", "VoiceCall", "ContactInfo", "Catalogue", "Products", "Product", "OrderDetails"];

    public static readonly IReadOnlyList<string> OfCard = ["QuickReply", "Url", "Phone", "Product"];

    public static string Of(ComposedButton button) => button.GetType().Name;

    public static ComposedButton New(string kind) => kind switch
    {
        "Url" => new ComposedButton.Url("", "https://"),
        "Phone" => new ComposedButton.Phone("", "+"),
        "CopyCode" => new ComposedButton.CopyCode(""),
        "Flow" => new ComposedButton.Flow("", null),
        "VoiceCall" => new ComposedButton.VoiceCall(""),
        "ContactInfo" => new ComposedButton.ContactInfo(),
        "Catalogue" => new ComposedButton.Catalogue(),
        "Products" => new ComposedButton.Products(),
        "Product" => new ComposedButton.Product(),
        "OrderDetails" => new ComposedButton.OrderDetails(""),
        _ => new ComposedButton.QuickReply(""),
    };

    /// <summary>The parts of the template that must go along with its buttons (Meta, Single-product and Order details templates).</summary>
    public static ComposedTemplate Settle(ComposedTemplate template) => template with
    {
        Header = template.Buttons.Any(button => button is ComposedButton.Product)
            ? template.Header ?? new ComposedHeader.Product()
            : template.Header is ComposedHeader.Product ? null : template.Header,
        DisplayFormat = template.Buttons.Any(button => button is ComposedButton.OrderDetails) ? "ORDER_DETAILS" : null,
    };

    public static IReadOnlyList<ComposedButton> Moved(IReadOnlyList<ComposedButton> buttons, int from, int to)
    {
        if (from < 0 || to < 0 || from >= buttons.Count || to >= buttons.Count)
        {
            return buttons;
        }

        List<ComposedButton> moved = [.. buttons];
        moved.RemoveAt(from);
        moved.Insert(to, buttons[from]);
        return moved;
    }
}
