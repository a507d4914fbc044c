using Microsoft.AspNetCore.Identity;

namespace WaConsole.Core.Team;

internal static class NewAgent
{
    public static Agent Of(string email, string name, Role role, TimeProvider clock) => new()
    {
        UserName = email,
        Email = email,
        EmailConfirmed = true,
        LockoutEnabled = true,
        DisplayName = name,
        Role = role,
        CreatedAtUtc = clock.GetUtcNow().UtcDateTime,
    };

    /// <summary>As Identity's own normalizer does it.</summary>
    public static string Normalize(string email) => email.Normalize().ToUpperInvariant();

    public static void MustSucceed(this IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                $"Identity refused: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
        }
    }
}
