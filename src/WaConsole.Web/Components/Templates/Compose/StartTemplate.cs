using System.Globalization;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>Pure: what a template becomes when its category, form or kind of variables changes. What fits stays, the rest is put aside.</summary>
internal static class StartTemplate
{
    /// <summary>A sign-in code as it begins.</summary>
    public static ComposedCode Code { get; } = new(CodeDelivery.CopyCode);

    public static ComposedTemplate InCategory(ComposedTemplate content, string category)
    {
        if (content.Category == category && (content.Code is not null) == (category == TemplateCategories.Authentication))
        {
            return content;
        }

        if (category == TemplateCategories.Authentication)
        {
            return AsideParts.ForCode(content, category);
        }

        if (content.Category == TemplateCategories.Authentication && content.Code is not null)
        {
            var message = AsideParts.WithoutCode(content, category);
            return AsideParts.WithCode(message.Category == category ? message : InCategory(message, category), content.Code);
        }

        var all = AsideParts.Joined(content);
        return AsideParts.With(all, category == TemplateCategories.Marketing
            ? WithCardsOrOffer(content, all) with { Category = category, Code = null }
            : all with { Category = category, Code = null, Cards = [], Offer = null });
    }

    public static ComposedTemplate InForm(ComposedTemplate content, string form)
    {
        var all = AsideParts.Joined(content);
        return form switch
        {
            "cards" when content.Cards.Count == 0 => AsideParts.With(all, content with
            {
                Cards = all.Cards.Count > 0 ? all.Cards : CardList.Two,
                Offer = null,
                Header = null,
                Footer = null,
                Buttons = [],
                AsksToCall = false,
            }),
            "offer" when content.Offer is null => AsideParts.With(all, content with
            {
                Offer = all.Offer ?? new ComposedOffer("", HasExpiration: true),
                Cards = [],
                Footer = null,
                AsksToCall = false,
                Header = all.Header is ComposedHeader.Media ? all.Header : null,
                Buttons = [ButtonKinds.New("CopyCode"), all.Buttons.OfType<ComposedButton.Url>().FirstOrDefault() ?? ButtonKinds.New("Url")],
            }),
            "message" => AsideParts.With(all, all with { Cards = [], Offer = null }),
            _ => content,
        };
    }

    /// <summary>Cards and offer replace parts of a message: they come back where nobody wrote these meanwhile.</summary>
    private static ComposedTemplate WithCardsOrOffer(ComposedTemplate content, ComposedTemplate all)
    {
        var isFree = content.Footer is null && !content.AsksToCall;
        return isFree && all.Cards.Count > 0 && content.Header is null && content.Buttons.Count == 0
            ? all with { Header = null, Footer = null, Buttons = [], AsksToCall = false, Offer = null }
            : all with { Cards = content.Cards, Offer = isFree ? all.Offer : content.Offer };
    }

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
