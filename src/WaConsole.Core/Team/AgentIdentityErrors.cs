using Microsoft.AspNetCore.Identity;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Team;

/// <summary>What Identity refuses, in our words and the reader's language; its own are English. What our forms rule out before stays its.</summary>
internal sealed class AgentIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail), "InTeamAlready");

    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), "InTeamAlready");

    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), "EmailWrong");

    public override IdentityError PasswordTooShort(int length) =>
        new() { Code = nameof(PasswordTooShort), Description = Texts.Team.Of("PasswordTooShort", length) };

    public override IdentityError PasswordRequiresLower() => Say(nameof(PasswordRequiresLower), "PasswordNeedsLower");

    private static IdentityError Say(string code, string name) => new() { Code = code, Description = Texts.Team.Of(name) };
}
