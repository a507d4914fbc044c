using System.Globalization;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>Pure: what a template becomes when its category, form or kind of variables changes. What fits stays.</summary>
internal static class StartTemplate
{
    public static ComposedTemplate InCategory(ComposedTemplate content, string category) => content with
    {
        Category = category,
        Code = category == TemplateCategories.Authentication ? content.Code ?? new ComposedCode(CodeDelivery.CopyCode) : null,
        Cards = category == TemplateCategories.Marketing ? content.Cards : [],
        Offer = category == TemplateCategories.Marketing ? content.Offer : null,
    };

    public static ComposedTemplate InForm(ComposedTemplate content, string form) => form switch
    {
        "cards" when content.Cards.Count == 0 => content with { Cards = CardList.Two, Offer = null, Header = null, Footer = null, Buttons = [], AsksToCall = false },
        "offer" when content.Offer is null => content with
        {
            Offer = new ComposedOffer("", HasExpiration: true),
            Cards = [],
            Footer = null,
            AsksToCall = false,
            Header = content.Header is ComposedHeader.Media ? content.Header : null,
            Buttons = [ButtonKinds.New("CopyCode"), content.Buttons.OfType<ComposedButton.Url>().FirstOrDefault() ?? ButtonKinds.New("Url")],
        },
        "message" => content with { Cards = [], Offer = null },
        _ => content,
    };

    public static ComposedTemplate WithNames(ComposedTemplate content, bool named)
    {
        return content with
        {
            Named = named,
            Body = Text(content.Body),
            Header = content.Header is ComposedHeader.Text header ? new ComposedHeader.Text(Text(header.Content)) : content.Header,
            Cards = [.. content.Cards.Select(card => card with { Body = card.Body is { } body ? Text(body) : null })],
        };

        ComposedText Text(ComposedText text) => named
            ? VariablesOf.Renamed(text, name => name.All(char.IsAsciiDigit) ? string.Create(CultureInfo.InvariantCulture, $"value_{name}") : name)
            : VariablesOf.Renumbered(text);
    }

    /// <summary>Moves a row of the list a path names.</summary>
    public static ComposedTemplate Moved(ComposedTemplate content, string list, int from, int to)
    {
        if (list == "buttons")
        {
            return content with { Buttons = ButtonKinds.Moved(content.Buttons, from, to) };
        }

        // Every card has the same kinds in the same order.
        return list.StartsWith("cards[", StringComparison.Ordinal)
            ? content with { Cards = [.. content.Cards.Select(card => card with { Buttons = ButtonKinds.Moved(card.Buttons, from, to) })] }
            : content;
    }
}
