using WaConsole.Core.Conversations;

namespace WaConsole.Core.Templates;

/// <summary>What reading a definition has found so far.</summary>
internal sealed class TemplateParts
{
    public string? HeaderKind { get; set; }

    public string? HeaderText { get; set; }

    public string Body { get; set; } = "";

    public int BodyLimit { get; set; } = TemplateDefinition.BodyLimit;

    public string? Footer { get; set; }

    public TemplateOfferView? Offer { get; set; }

    /// <summary>Whether the customer lets us call: WhatsApp draws the choice itself.</summary>
    public bool AsksForCalls { get; set; }

    public List<TemplateButton> Buttons { get; } = [];

    public List<TemplateField> Fields { get; } = [];

    public List<TemplateCardView> Cards { get; } = [];

    /// <summary>Why it cannot be sent, as <see cref="Resources.KeptText"/> keeps it.</summary>
    public string? Because { get; set; }
}
