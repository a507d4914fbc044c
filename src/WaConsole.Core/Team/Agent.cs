using Microsoft.AspNetCore.Identity;

namespace WaConsole.Core.Team;

/// <summary>A person who signs in. ASP.NET Core Identity keeps password, lock-out, TOTP and passkeys.</summary>
public sealed class Agent : IdentityUser<long>
{
    public const int MaxLanguage = 16;
    public const int MaxTimeZone = 64;

    [PersonalData]
    public string DisplayName { get; set; } = "";

    public Role Role { get; set; } = Role.Agent;

    /// <summary>Set while the account is disabled; sign-in is refused and open circuits end.</summary>
    public DateTime? DisabledAtUtc { get; set; }

    /// <summary>False: only the numbers in <see cref="AgentNumber"/>.</summary>
    public bool AllNumbers { get; set; } = true;

    public bool IsDemo { get; set; }

    /// <summary>Enter sends when true; Ctrl/Cmd+Enter sends when false.</summary>
    public bool EnterSends { get; set; } = true;

    /// <summary>How long a reply waits before it leaves and can be taken back; 0 sends at once.</summary>
    public int UndoSeconds { get; set; }

    /// <summary>Single keys do nothing: for people whose speech input or hands press them by accident (WCAG 2.1.4).</summary>
    public bool SingleKeysOff { get; set; }

    /// <summary>Takes no new conversations when they are given in turn.</summary>
    public bool IsAway { get; set; }

    /// <summary>One of <see cref="ConsoleLanguages.All"/>; null for what the browser asks for.</summary>
    public string? Language { get; set; }

    /// <summary>IANA name; null for the browser's own.</summary>
    public string? TimeZone { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    public DateTime? LastSignInAtUtc { get; set; }
}

internal sealed class AgentNumber
{
    public long AgentId { get; set; }

    public long NumberId { get; set; }
}

internal sealed class Invitation
{
    public long Id { get; set; }

    public string Email { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public Role Role { get; set; }

    /// <summary>SHA-256 of the link's token, hex. The token itself is shown once.</summary>
    public string TokenHash { get; set; } = "";

    public long? InvitedById { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    public DateTime ExpiresAtUtc { get; set; }

    public DateTime? AcceptedAtUtc { get; set; }

    public DateTime? RevokedAtUtc { get; set; }
}

internal sealed class ApiKey
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key, hex. Keys carry 256 random bits, so a slow hash would add nothing.</summary>
    public string KeyHash { get; set; } = "";

    /// <summary>The first characters, to tell keys apart on screen.</summary>
    public string Prefix { get; set; } = "";

    public Role Role { get; set; } = Role.Admin;

    public long? CreatedById { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    public DateTime? LastUsedAtUtc { get; set; }

    public DateTime? RevokedAtUtc { get; set; }
}
