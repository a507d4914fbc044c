using System.ComponentModel.DataAnnotations;

namespace WaConsole.Core.Intake;

public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Days that handled raw bodies are kept. Bodies not handled yet are never removed.</summary>
    [Range(1, 3650)]
    public int KeepRawBodiesDays { get; set; } = 14;

    /// <summary>How long a webhook waits for its commit before WhatsApp is asked to come again.</summary>
    [Range(0.1, 60)]
    public double AcceptTimeoutSeconds { get; set; } = 5;
}
