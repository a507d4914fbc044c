using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>What the people of a batch of templates were told before, and how many more people may be reached: a query for each of the two.</summary>
internal sealed class GatePast
{
    private readonly ILookup<long, (long Id, bool IsAgain, ToldFact Fact)> _told;
    private readonly Dictionary<string, int> _left;
    private readonly Dictionary<(string Portfolio, long Person), DateTime> _reached;
    private readonly Dictionary<long, List<ToldFact>> _now = [];
    private readonly PortfolioUse? _portfolios;

    private GatePast(
        ILookup<long, (long Id, bool IsAgain, ToldFact Fact)> told, Dictionary<string, int> left,
        Dictionary<(string Portfolio, long Person), DateTime> reached, PortfolioUse? portfolios)
    {
        _told = told;
        _left = left;
        _reached = reached;
        _portfolios = portfolios;
    }

    public static GatePast Nothing => new(Array.Empty<(long, bool, ToldFact)>().ToLookup(row => row.Item1), [], [], null);

    public static async Task<GatePast> ReadAsync(
        WaConsoleDb db, IReadOnlyList<GateQuestion> questions, Dictionary<long, Number> numbers, TimeSpan memory, PortfolioUse portfolios,
        DateTime whatsAppNowUtc, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var contacts = questions.Select(question => question.Conversation.ContactId).Distinct().ToArray();
        var since = nowUtc - memory;
        var told = await db.ToldNotices.AsNoTracking()
            .Where(t => contacts.Contains(t.ContactId) && t.AtUtc > since)
            .OrderBy(t => t.Id)
            .Select(t => new
            {
                t.Id,
                t.ContactId,
                t.IsAgain,
                Fact = new ToldFact(
                    t.Fingerprint, t.IsMarketing, t.AtUtc, t.Channel, t.MessageId,
                    db.Messages.Any(m => m.Id == t.MessageId && m.Status == DeliveryStatus.Failed), t.BusinessAccountId),
            })
            .ToListAsync(cancellationToken);
        var outside = questions.Select(question => question.Conversation)
            .Where(talk => !ServiceWindow.IsOpen(talk.WindowExpiresAtUtc, whatsAppNowUtc)).Select(talk => talk.ContactId).Distinct().ToArray();
        var (left, reached) = await LimitsAsync(db, outside, numbers, portfolios, nowUtc, cancellationToken);
        return new GatePast(told.ToLookup(row => row.ContactId, row => (row.Id, row.IsAgain, row.Fact)), left, reached, portfolios);
    }

    /// <summary>Told before this message: a queued one does not stand in its own way, nor does a later one.</summary>
    public IReadOnlyList<ToldFact> ToldTo(GateQuestion question)
    {
        var rows = _told[question.Conversation.ContactId];
        var own = Own(question);
        return
        [
            .. rows.Where(row => own is null || row.Id < own || (row.Fact.Channel is not null)).Select(row => row.Fact),
            .. _now.GetValueOrDefault(question.Conversation.ContactId, []),
        ];
    }

    /// <summary>Accounts that sent any of the people an offer.</summary>
    public IEnumerable<long> OfferedBy =>
        _told.SelectMany(rows => rows).Where(row => row.Fact is { IsMarketing: true, Channel: null }).Select(row => row.Fact.AccountId).Distinct();

    public bool IsAgain(GateQuestion question) =>
        question.MessageId is { } id && _told[question.Conversation.ContactId].Any(row => row.Fact.MessageId == id && row.IsAgain);

    public int? PeopleLeft(BusinessAccount account, long contactId) =>
        _reached.ContainsKey((account.PortfolioId, contactId)) || !_left.TryGetValue(account.PortfolioId, out var left) ? null : left;

    /// <summary>A message that waited leaves later than it was noted; see <see cref="PortfolioUse.Fresh"/>.</summary>
    public bool IsReachDue(GateQuestion question, GateFacts facts)
    {
        var account = facts.Number!.BusinessAccount;
        return facts.Moment == GateMoment.Sending && question.Content is ReplyContent.Template && account.MessagingLimit is >= 0 && !GateLimits.IsOpen(facts)
            && !(_reached.TryGetValue((account.PortfolioId, question.Conversation.ContactId), out var at) && facts.NowUtc - at < PortfolioUse.Fresh);
    }

    public void Tell(GateQuestion question, GateFacts facts)
    {
        if (question.Content is not ReplyContent.Template wanted || facts.Template is not { } template)
        {
            return;
        }

        var contact = question.Conversation.ContactId;
        if (!_now.TryGetValue(contact, out var told))
        {
            _now[contact] = told = [];
        }

        told.Add(new ToldFact(
            NoticeFingerprint.Of(wanted.Name, wanted.Values), GateLimits.IsMarketing(template), facts.NowUtc, null, null, false,
            facts.Number!.BusinessAccountId));
    }

    /// <summary>Inside their window nobody counts, as RecordTold notes it.</summary>
    public void Reach(GateQuestion question, GateFacts facts)
    {
        var account = facts.Number!.BusinessAccount;
        if (facts.PeopleLeft is not null && !GateLimits.IsOpen(facts) && _reached.TryAdd((account.PortfolioId, question.Conversation.ContactId), facts.NowUtc))
        {
            _left[account.PortfolioId]--;
            _portfolios?.Grant(account.PortfolioId);
        }
    }

    private long? Own(GateQuestion question) => question.MessageId is { } id
        ? _told[question.Conversation.ContactId].Where(row => row.Fact.MessageId == id).Select(row => (long?)row.Id).FirstOrDefault()
        : null;

    /// <summary>
    /// Whoever was queued for outside their window has a place. Only for somebody who has none it is counted how many are left: at sending, for
    /// whoever was in their window when it was queued.
    /// </summary>
    private static async Task<(Dictionary<string, int> Left, Dictionary<(string Portfolio, long Person), DateTime> Reached)> LimitsAsync(
        WaConsoleDb db, long[] contacts, Dictionary<long, Number> numbers, PortfolioUse portfolios, DateTime nowUtc,
        CancellationToken cancellationToken)
    {
        var limited = numbers.Values.Select(number => number.BusinessAccount).Where(account => account.MessagingLimit is >= 0)
            .GroupBy(account => account.PortfolioId).ToDictionary(group => group.Key, group => group.Min(account => account.MessagingLimit!.Value));
        if (limited.Count == 0 || contacts.Length == 0)
        {
            return ([], []);
        }

        var since = nowUtc - PortfolioUse.Day;
        var names = limited.Keys.ToArray();
        var reached = await db.PortfolioReaches.AsNoTracking()
            .Where(r => names.Contains(r.PortfolioId) && contacts.Contains(r.PersonId) && r.AtUtc > since)
            .ToDictionaryAsync(r => (r.PortfolioId, r.PersonId), r => r.AtUtc, cancellationToken);
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (portfolio, limit) in limited.Where(one => contacts.Any(person => !reached.ContainsKey((one.Key, person)))))
        {
            left[portfolio] = await portfolios.LeftAsync(db, portfolio, limit, cancellationToken);
        }

        return (left, reached);
    }
}
