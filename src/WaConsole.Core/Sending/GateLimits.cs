using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>What the person was told lately, oldest first. <see cref="Channel"/> is null for a message of ours.</summary>
internal sealed record ToldFact(string Fingerprint, bool IsMarketing, DateTime AtUtc, string? Channel, long? MessageId, bool IsFailed, long AccountId);

/// <summary>
/// Pure: what protects the person from too much and the account from WhatsApp's penalties: no notice twice, marketing seldom and by day, no
/// flood of unanswered messages, no more people a day than WhatsApp allows, test numbers to testers alone.
/// </summary>
internal static class GateLimits
{
    public const string Utility = "UTILITY";
    public const string Authentication = "AUTHENTICATION";

    /// <summary>What is not known to be something else: a category of tomorrow must not go to people who agreed to nothing.</summary>
    public static bool IsMarketing(TemplateView template) => template.Category is not (Utility or Authentication);

    public static Refusal? Refuse(GateFacts facts) => facts.Content is ReplyContent.Template wanted && facts.Template is { } template
        ? TesterProblem(facts) ?? Unanswered(facts) ?? AlreadyTold(facts, wanted, template) ?? Portfolio(facts) ?? MarketingProblem(facts, template)
        : Unanswered(facts);

    /// <summary>An agent answers somebody who wrote within the last day.</summary>
    public static bool IsLive(GateFacts facts) => facts.Lane == OutboxLane.Agent && IsOpen(facts);

    public static bool IsOpen(GateFacts facts) => ServiceWindow.IsOpen(facts.Conversation.WindowExpiresAtUtc, facts.WhatsAppNowUtc);

    /// <summary>Who writes to such a number is answered; what starts from us goes to those an admin listed. Behind a simulator is nobody real.</summary>
    private static Refusal? TesterProblem(GateFacts facts)
    {
        if (facts.Number is not { Environment: not NumberEnvironment.Production, BusinessAccount.IsSimulated: false } number || IsOpen(facts))
        {
            return null;
        }

        var phone = facts.Contact.Phone is { Length: > 0 } digits ? PhoneMatchKey.Of(digits) : null;
        return phone is not null && number.Testers.Split(',', StringSplitOptions.RemoveEmptyEntries).Any(tester => PhoneMatchKey.Of(tester) == phone)
            ? null
            : Say("not_a_tester", "NotATester");
    }

    /// <summary>
    /// Agents too: who does not answer forty messages reports the forty-first, whichever of our numbers each came from. Who wrote to any of them
    /// answered what the others had sent before.
    /// </summary>
    private static Refusal? Unanswered(GateFacts facts)
    {
        var limit = facts.Settings.UnansweredAtMost;
        if (limit == 0)
        {
            return null;
        }

        var time = TimeSpan.FromMinutes(facts.Settings.UnansweredMinutes);
        var wrote = facts.Elsewhere.Select(other => other.WroteAtUtc).Append(facts.Conversation.WindowOpenedAtUtc).Max();
        List<(int Count, DateTime SinceUtc)> runs =
        [
            .. facts.Elsewhere.Where(other => other.SinceUtc > (wrote ?? DateTime.MinValue)).Select(other => (other.Count, other.SinceUtc!.Value)),
            .. facts.Conversation.UnansweredSinceUtc is { } began ? [(facts.Conversation.UnansweredCount, began)] : Array.Empty<(int, DateTime)>(),
        ];
        runs.RemoveAll(run => facts.NowUtc - run.SinceUtc >= time);
        var over = runs.Select(run => run.SinceUtc).DefaultIfEmpty(facts.NowUtc).Min() + time;

        // What is queued counts itself.
        var others = facts.Moment == GateMoment.Sending ? -1 : facts.GrantedBefore;
        return runs.Sum(run => run.Count) + others < limit
            ? null
            : Say("too_many_unanswered", "TooManyUnanswered", limit, Texts.Moment(over)) with { UntilUtc = over };
    }

    private static Refusal? AlreadyTold(GateFacts facts, ReplyContent.Template wanted, TemplateView template)
    {
        if (facts.Settings.RepeatMinutes == 0 || facts.WithoutValues || template.Category == Authentication)
        {
            return null;
        }

        var since = facts.NowUtc - TimeSpan.FromMinutes(facts.Settings.RepeatMinutes);
        var fingerprint = NoticeFingerprint.Of(wanted.Name, wanted.Values);
        return facts.Told.LastOrDefault(told => told.Fingerprint == fingerprint && told.AtUtc > since && !told.IsFailed
            && (told.Channel is not null || !facts.IsAgain)) switch
        {
            null => null,
            { Channel: { } channel, AtUtc: var at } => Say("already_told", "ToldElsewhere", channel, Texts.Moment(at)),
            { AtUtc: var at } => Say("already_told", "ToldAlready", Texts.Moment(at)),
        };
    }

    private static Refusal? Portfolio(GateFacts facts) =>
        facts.PeopleLeft is { } left && left <= 0 && !IsOpen(facts)
            ? Say("portfolio_limit", "PortfolioLimit", facts.Number!.BusinessAccount.MessagingLimit) with { UntilUtc = facts.NowUtc + PortfolioUse.Fresh }
            : null;

    private static Refusal? MarketingProblem(GateFacts facts, TemplateView template)
    {
        if (!IsMarketing(template) || IsLive(facts))
        {
            return null;
        }

        var settings = facts.Settings.For(facts.Marketing.Jurisdiction, facts.Contact.Country);
        if (settings is { QuietFrom: { } from, QuietTo: { } to }
            && QuietZones.QuietUntil(facts.Contact.Country, from, to, facts.NowUtc) is { } until)
        {
            return Say("quiet_hours", "QuietHours", Texts.Moment(until)) with { UntilUtc = until };
        }

        var days = facts.NowUtc - TimeSpan.FromDays(settings.MarketingDays);
        var had = facts.Told.Count(told =>
            told.IsMarketing && told is { Channel: null, IsFailed: false } && told.AtUtc > days
            && (told.AccountId == facts.Number!.BusinessAccountId || facts.SameBusiness.Contains(told.AccountId)));
        return settings.MarketingAtMost > 0 && had >= settings.MarketingAtMost
            ? Say("marketing_cap", "MarketingCap", had, settings.MarketingDays)
            : null;
    }

    private static Refusal Say(string code, string name, params ReadOnlySpan<object?> values) => Refusal.Of(code, name, values);
}
