using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WaConsole.Web.PublicPages;

internal enum SealState
{
    Good,

    /// <summary>Nobody fills in a form that fast.</summary>
    TooSoon,

    /// <summary>From yesterday, from another page, or made up.</summary>
    Over,
}

/// <summary>
/// What a public form carries to show that it was opened here and some seconds ago, and what stood in it. It keeps programs out that post
/// without looking, without a cookie and without asking a third party.
/// </summary>
internal sealed class FormSeal(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Most = TimeSpan.FromHours(24);

    private readonly IDataProtector _protector = protection.CreateProtector("WaConsole.PublicForm");

    public string Make(string what) => _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcTicks}|{what}"));

    /// <returns>What was sealed, when it is good.</returns>
    public (SealState State, string? What) Read(string? seal)
    {
        if (Open(seal)?.Split('|', 2) is not [var ticks, var what] || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var made))
        {
            return (SealState.Over, null);
        }

        var age = TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - made);
        return age > Most ? (SealState.Over, what) : age < Least ? (SealState.TooSoon, what) : (SealState.Good, what);
    }

    private string? Open(string? seal)
    {
        try
        {
            return seal is { Length: > 0 and < 2_000 } ? _protector.Unprotect(seal) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
