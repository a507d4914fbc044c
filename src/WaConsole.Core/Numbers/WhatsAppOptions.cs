namespace WaConsole.Core.Numbers;

/// <summary>The first account, for unattended installs. All of the required ones together, or none. More accounts are added on screen.</summary>
public sealed class WhatsAppOptions
{
    public const string Section = "WhatsApp";

    public Uri GraphBaseAddress { get; set; } = new("https://graph.facebook.com");

    public string ApiVersion { get; set; } = "v25.0";

    public string? AppId { get; set; }

    public string? AppSecret { get; set; }

    /// <summary>Accepted beside the current one while the secret is rotated.</summary>
    public string? PreviousAppSecret { get; set; }

    public string? VerifyToken { get; set; }

    public string? AccessToken { get; set; }

    public string? BusinessAccountId { get; set; }

    public string? PhoneNumberId { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(AccessToken);
}
