using WaConsole.Core.Resources;

namespace WaConsole.Core.Team;

public enum Role
{
    Agent = 1,
    Marketer = 2,
    Admin = 3,
}

/// <summary>
/// Who asks. Every verb that a person or a program can reach takes one and decides by it; what a page hides is not a permission.
/// <see cref="Numbers"/> is null when every number is allowed. <see cref="AgentId"/> is null for a program with an API key.
/// </summary>
public sealed record Caller(long? AgentId, string Name, Role Role, IReadOnlySet<long>? Numbers, long? ApiKeyId = null)
{
    /// <summary>The program itself: workers, start-up, the simulator's demo data. Never made from a request.</summary>
    public static Caller System { get; } = new(null, "WaConsole", Role.Admin, null);

    /// <summary>The language this person chose; null for what the browser asks for.</summary>
    public string? Language { get; init; }

    /// <summary>The time zone this person chose (IANA); null for the browser's own.</summary>
    public string? TimeZone { get; init; }

    public bool IsAdmin => Role == Role.Admin;

    /// <summary>Inbox, replies, assignment: agents and admins. Marketing staff work in templates and broadcasts.</summary>
    public bool MayUseInbox => Role is Role.Agent or Role.Admin;

    /// <summary>Composing, submitting and deleting templates: marketing staff and admins.</summary>
    public bool MayManageTemplates => Role is Role.Marketer or Role.Admin;

    public bool MaySeeNumber(long numberId) => Numbers is null || Numbers.Contains(numberId);
}

/// <summary>Thrown when a caller reaches for what the role or the number list does not allow. The edge answers 403.</summary>
public sealed class NotAllowedException(string message) : Exception(message)
{
    /// <summary>Nobody is signed in, or the account was disabled.</summary>
    public static NotAllowedException SignInFirst() => new(Texts.Team.Of("SignInFirst"));
}

public static class CallerRules
{
    extension(Caller caller)
    {
        public void MustBeAdmin()
        {
            if (!caller.IsAdmin)
            {
                throw new NotAllowedException(Texts.Team.Of("OnlyAdmins"));
            }
        }

        public void MustUseInbox()
        {
            if (!caller.MayUseInbox)
            {
                throw new NotAllowedException(Texts.Team.Of("NoInbox"));
            }
        }

        /// <summary>Whoever sends files, or puts them into templates.</summary>
        public void MustUpload()
        {
            if (!caller.MayManageTemplates)
            {
                caller.MustUseInbox();
            }
        }

        public void MustManageTemplates()
        {
            if (!caller.MayManageTemplates)
            {
                throw new NotAllowedException(Texts.Team.Of("NoTemplates"));
            }
        }

        public void MustSeeNumber(long numberId)
        {
            caller.MustUseInbox();
            if (!caller.MaySeeNumber(numberId))
            {
                throw new NotAllowedException(Texts.Team.Of("NotYourNumber"));
            }
        }
    }
}
