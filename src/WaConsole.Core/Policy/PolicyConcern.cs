namespace WaConsole.Core.Policy;

/// <summary>
/// What a text touches of WhatsApp's rules: the messaging policy (never ask for a full card, account or identity number) and the
/// commerce policy (what may not be offered). Names as in Meta's violation types, without those no word tells.
/// </summary>
public enum PolicyConcern
{
    FullNumber,
    Tobacco,
    Alcohol,
    Drugs,
    Weapons,
    Gambling,
    Adult,
    Animals,
    BodyParts,
    Health,
    Money,
    Misleading,
    Counterfeit,
}
