using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>
/// Pure: the parts of a template that another category or layout has no place for. They stay with the draft and come back with the
/// place for them; what is there by then is not replaced.
/// </summary>
internal static class AsideParts
{
    /// <summary>The template with everything that was put aside, as far as it has nothing in that place.</summary>
    public static ComposedTemplate Joined(ComposedTemplate content) => content.Aside is not { } aside
        ? content
        : content with
        {
            Header = content.Header ?? aside.Header,
            Body = IsEmpty(content.Body) ? aside.Body : content.Body,
            Footer = content.Footer ?? aside.Footer,
            Buttons = content.Buttons.Count > 0 ? content.Buttons : aside.Buttons,
            Offer = content.Offer ?? aside.Offer,
            Cards = content.Cards.Count > 0 ? content.Cards : aside.Cards,
            AsksToCall = content.AsksToCall || aside.AsksToCall,
            Code = content.Code ?? aside.Code,
        };

    /// <summary>A sign-in code, whose words WhatsApp writes: the whole message is put aside, with what it had put aside itself.</summary>
    public static ComposedTemplate ForCode(ComposedTemplate content, string category) => content with
    {
        Category = category,
        Code = content.Code ?? content.Aside?.Code ?? StartTemplate.Code,
        Header = null,
        Body = ComposedText.Empty,
        Footer = null,
        Buttons = [],
        Offer = null,
        Cards = [],
        AsksToCall = false,
        Aside = Kept(content with { Code = null, Aside = content.Aside is { } before ? Kept(before with { Code = null }) : null }),
    };

    /// <summary>The message that was put aside for a code, in the category it had.</summary>
    public static ComposedTemplate WithoutCode(ComposedTemplate content, string category) => content.Aside is not { } message
        ? content with { Category = category, Code = null }
        : content with
        {
            Category = message.Category,
            Code = null,
            Header = message.Header,
            Body = message.Body,
            Footer = message.Footer,
            Buttons = message.Buttons,
            Offer = message.Offer,
            Cards = message.Cards,
            AsksToCall = message.AsksToCall,
            Aside = message.Aside,
        };

    /// <summary>With the form of a code put aside, unless it is as every code begins.</summary>
    public static ComposedTemplate WithCode(ComposedTemplate content, ComposedCode code) => code == StartTemplate.Code
        ? content
        : content with { Aside = (content.Aside ?? new ComposedTemplate { Category = content.Category }) with { Code = code } };

    /// <summary>The result, with what it lacks of all the parts put aside.</summary>
    public static ComposedTemplate With(ComposedTemplate all, ComposedTemplate result)
    {
        var aside = new ComposedTemplate
        {
            Category = all.Category,
            Named = all.Named,
            Header = result.Header is null ? all.Header : null,
            Body = IsEmpty(result.Body) ? all.Body : ComposedText.Empty,
            Footer = result.Footer is null ? all.Footer : null,
            Buttons = result.Buttons.Count == 0 ? all.Buttons : [],
            Offer = result.Offer is null ? all.Offer : null,
            Cards = result.Cards.Count == 0 ? all.Cards : [],
            AsksToCall = !result.AsksToCall && all.AsksToCall,
            Code = result.Code is null && all.Code != StartTemplate.Code ? all.Code : null,
        };
        return result with { Aside = Kept(aside) };
    }

    /// <summary>What the studio calls the parts there are.</summary>
    public static IEnumerable<string> NamesOf(ComposedTemplate aside)
    {
        (bool There, string Name)[] parts =
        [
            (aside.Header is not null, "Header"), (!IsEmpty(aside.Body), "Body"), (aside.Footer is not null, "Footer"), (aside.Buttons.Count > 0, "Buttons"),
            (aside.Offer is not null, "Offer"), (aside.Cards.Count > 0, "Cards"), (aside.AsksToCall, "AsksToCall"), (aside.Code is not null, "Code"),
        ];
        return parts.Where(part => part.There).Select(part => part.Name).Concat(aside.Aside is { } before ? NamesOf(before) : []).Distinct();
    }

    private static ComposedTemplate? Kept(ComposedTemplate aside) => NamesOf(aside).Any() ? aside : null;

    private static bool IsEmpty(ComposedText text) => text.Text.Length == 0;
}
