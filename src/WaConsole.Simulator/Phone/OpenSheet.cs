using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

public enum SheetKind
{
    List,
    Form,
    Shop,
    Call,
    Permission,
    Bill,
    Place,
    Card,
    Ad,
    Unsupported,
    Edit,
}

/// <summary>What lies over the chat.</summary>
/// <param name="Line">The message it belongs to, if any.</param>
/// <param name="Button">The button that opened it.</param>
public sealed record OpenSheet(SheetKind Kind, ChatLine? Line = null, ButtonPart? Button = null);
