namespace WaConsole.Core.Templates.Rules;

/// <summary>What WhatsApp's states allow (Meta, Template management, 2026). A state not named here allows nothing.</summary>
internal static class TemplateStates
{
    public const string Approved = "APPROVED";
    public const string Pending = "PENDING";
    public const string Rejected = "REJECTED";
    public const string Paused = "PAUSED";
    public const string Archived = "ARCHIVED";
    public const string Deleted = "DELETED";

    /// <summary>The title of a pause that pacing brought about. It ends when somebody ends it, not by itself (Meta, Template pacing, 2026).</summary>
    public const string PacingPause = "RATE_LIMITING_PAUSE";

    public static bool IsPaced(string status, string? reason) =>
        status == Paused && string.Equals(reason, PacingPause, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is the state of a template; news name other things too.</summary>
    public static bool IsState(string word) => word is
        Approved or Pending or Rejected or Paused or Archived or Deleted or "DISABLED" or "IN_APPEAL" or "LIMIT_EXCEEDED" or "PENDING_DELETION";

    public static bool MayEdit(string status) => status is Approved or Rejected or Paused;

    public static bool MayDelete(string status) => status is not ("DISABLED" or Deleted or "PENDING_DELETION");

    public static bool MayArchive(string status) => status is Approved or Rejected;
}
