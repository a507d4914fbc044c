using WaConsole.Core.Conversations;

namespace WaConsole.Core.Demo;

/// <summary>Turns a step of the scenario into what a bubble draws.</summary>
internal static class DemoContent
{
    public static MessageKind KindOf(DemoStep step) => step switch
    {
        { By: "activity" } => MessageKind.Activity,
        { Template: not null } => MessageKind.Template,
        { Kind: "voice" } => MessageKind.Audio,
        _ => Enum.Parse<MessageKind>(step.Kind, ignoreCase: true),
    };

    public static MessageContent? Of(DemoStep step, IReadOnlyDictionary<string, DemoPerson> people) => step switch
    {
        { By: "activity" } => new MessageContent.Activity(step.Type!, people[step.Actor!].Name, step.Target is null ? null : people[step.Target].Name),
        { Template: not null } => new MessageContent.SentTemplate(
            step.Template, step.Language!, step.Category!, null, step.Text!, step.Footer, [.. (step.Buttons ?? []).Select(Button)], null),
        { Referral: { } ad } => new MessageContent.Referral(ad.Headline, ad.Body, ad.Url, ad.Type),
        { Kind: "voice" } => new MessageContent.Voice(true, null),
        { Kind: "sticker" } => new MessageContent.StickerInfo(false),
        { Kind: "location" } => new MessageContent.Location(step.Latitude, step.Longitude, step.PlaceName, step.Address),
        { Kind: "contacts" } => new MessageContent.ContactCards([new ContactCard(step.CardName!, [step.CardPhone!], [], null)]),
        { Kind: "button" } => new MessageContent.Choice(step.Text!, step.Text!, null),
        { Kind: "unsupported" } => new MessageContent.Unsupported(step.Unsupported, 131051, null),
        { Kind: "order" } => new MessageContent.Order(
            "catalogue", step.Text, [.. step.Lines!.Select(line => new OrderLine(line.Id, line.Quantity, line.Price, step.Currency!))]),
        _ => null,
    };

    private static TemplateButton Button(string text)
    {
        var parts = text.Split(':', 2);
        return new TemplateButton(parts[0], parts[1], null);
    }
}
