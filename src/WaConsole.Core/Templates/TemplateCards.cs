using System.Globalization;

namespace WaConsole.Core.Templates;

/// <summary>Pure: the cards of one send. Product cards beyond the defined ones are like the last of these.</summary>
internal static class TemplateCards
{
    public const int Fewest = 2;
    public const int Most = 10;

    public static int Count(TemplateView template, int? wanted) =>
        template.CardsMayGrow && wanted > template.Cards.Count ? Math.Min(wanted.Value, Most) : template.Cards.Count;

    public static TemplateCardView At(TemplateView template, int index) => template.Cards[Math.Min(index, template.Cards.Count - 1)];

    public static string Prefix(int index) => string.Create(CultureInfo.InvariantCulture, $"card.{index}.");

    public static IReadOnlyList<TemplateField> Fields(TemplateView template, int? cards)
    {
        var last = template.Cards.Count - 1;
        var count = Count(template, cards);
        if (count <= template.Cards.Count)
        {
            return template.Fields;
        }

        var pattern = template.Fields.Where(field => field.Card == last).ToList();
        return
        [
            .. template.Fields,
            .. Enumerable.Range(last + 1, count - last - 1).SelectMany(index => pattern.Select(field => field with
            {
                Key = Prefix(index) + field.Key[Prefix(last).Length..],
                Label = ReadTemplateParts.CardLabel(index, field),
                Card = index,
            })),
        ];
    }
}
