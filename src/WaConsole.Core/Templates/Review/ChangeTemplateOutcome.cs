namespace WaConsole.Core.Templates.Review;

/// <summary>What became of deleting, archiving or unpausing.</summary>
public abstract record ChangeTemplateOutcome
{
    private ChangeTemplateOutcome()
    {
    }

    /// <param name="Count">How many templates.</param>
    public sealed record Done(int Count) : ChangeTemplateOutcome;

    public sealed record Refused(WhatsAppRefusal Why) : ChangeTemplateOutcome;

    public sealed record NoSuchTemplate : ChangeTemplateOutcome;
}
