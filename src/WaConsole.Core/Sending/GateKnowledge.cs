using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Sending;

/// <summary>What wants to be sent, under which key. <see cref="Conversation"/> may come without its contact.</summary>
internal sealed record GateQuestion(Conversation Conversation, Guid ClientKey, ReplyContent Content)
{
    public OutboxLane Lane { get; init; }

    /// <summary>The message that a person sends once more by this one.</summary>
    public long? InsteadOf { get; init; }

    /// <summary>Of a message that is queued already.</summary>
    public long? MessageId { get; init; }

    /// <summary>Before anything is filled in.</summary>
    public bool WithoutValues { get; init; }
}

/// <summary>What the gate decides by, read for many questions at once: a query for each kind of thing, not for each message.</summary>
internal sealed class GateKnowledge
{
    private readonly Dictionary<long, Number> _numbers;
    private readonly Dictionary<long, Contact> _contacts;
    private readonly ILookup<long, UnansweredElsewhere> _unanswered;
    private readonly Dictionary<(long Account, string Name, string Language), TemplateView> _templates;
    private readonly Dictionary<long, MediaFile> _files;
    private readonly HashSet<(long Conversation, long File)> _shown;
    private readonly Dictionary<long, GateSettings> _settings;
    private readonly Caller _caller;
    private readonly GateMoment _moment;
    private readonly Dictionary<long, int> _granted = [];
    private IReadOnlySet<long> _forAnother = new HashSet<long>();
    private GatePast _past = GatePast.Nothing;
    private IReadOnlyDictionary<long, ConsentStanding> _consent = new Dictionary<long, ConsentStanding>();
    private ILookup<long, LedgerLine>? _agreed;
    private ILookup<long, LedgerLine>? _entries;
    private ILookup<long, long>? _sameBusiness;
    private IReadOnlySet<long> _undecided = new HashSet<long>();
    private ILookup<long, Guid> _waiting = Array.Empty<(long Contact, Guid Key)>().ToLookup(one => one.Contact, one => one.Key);

    private GateKnowledge(
        Dictionary<long, Number> numbers, Dictionary<long, Contact> contacts, ILookup<long, UnansweredElsewhere> unanswered,
        Dictionary<(long Account, string Name, string Language), TemplateView> templates, Dictionary<long, MediaFile> files,
        HashSet<(long Conversation, long File)> shown, Caller caller, GateMoment moment)
    {
        _numbers = numbers;
        _contacts = contacts;
        _unanswered = unanswered;
        _templates = templates;
        _files = files;
        _shown = shown;
        _caller = caller;
        _moment = moment;
        _settings = numbers.Values.Select(number => number.BusinessAccount).DistinctBy(account => account.Id).ToDictionary(account => account.Id, GateSettings.Of);
    }

    public static async Task<GateKnowledge> ReadAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<GateQuestion> questions, GateMoment moment, PortfolioUse portfolios, DateTime whatsAppNowUtc,
        DateTime nowUtc, CancellationToken cancellationToken)
    {
        var asked = questions.Where(question => question.Content is ReplyContent.Template).ToList();
        var (numbers, templates) = await NumbersAsync(db, questions, asked, cancellationToken);
        var (contacts, consent, unanswered) = await PeopleAsync(db, questions, asked, templates.Values, nowUtc, cancellationToken);
        var files = await FilesAsync(db, questions, cancellationToken);
        var shown = await ShownAsync(db, caller, questions, files, cancellationToken);
        var known = new GateKnowledge(numbers, contacts, unanswered, templates, files, shown, caller, moment);
        if (moment == GateMoment.Sending)
        {
            known._forAnother = await ForAnotherAsync(db, questions, contacts, cancellationToken);
        }

        if (templates.Count > 0)
        {
            known._consent = consent;
            known._agreed = await AgreedAsync(db, known, asked, consent, cancellationToken);
            known._entries = await EntriesAsync(db, known, asked, cancellationToken);
            known._undecided = await UndecidedAsync(db, asked, templates.Values, cancellationToken);
            known._waiting = await WaitingAsync(db, asked, nowUtc, cancellationToken);
            var memory = known._settings.Values.Max(settings => settings.Memory);
            known._past = await GatePast.ReadAsync(db, asked, numbers, memory, portfolios, whatsAppNowUtc, nowUtc, cancellationToken);
            known._sameBusiness = await SameBusinessAsync(db, known, cancellationToken);
        }

        return known;
    }

    /// <summary>A later question of the same batch knows it.</summary>
    public void Grant(GateQuestion question, GateFacts facts)
    {
        if (_moment == GateMoment.Queueing)
        {
            _granted[question.Conversation.ContactId] = facts.GrantedBefore + 1;
            _past.Tell(question, facts);
        }

        _past.Reach(question, facts);
    }

    /// <summary>Whether the people who are reached outside their window must be noted anew.</summary>
    public bool IsReachDue(GateQuestion question, GateFacts facts) => _past.IsReachDue(question, facts);

    public GateFacts About(GateQuestion question, DateTime whatsAppNowUtc, DateTime nowUtc)
    {
        var conversation = question.Conversation;
        var number = _numbers.GetValueOrDefault(conversation.NumberId);
        var template = question.Content is ReplyContent.Template wanted && number is not null
            ? _templates.GetValueOrDefault((number.BusinessAccountId, wanted.Name, wanted.Language))
            : null;
        return new GateFacts(
            number, _contacts[conversation.ContactId], conversation, question.Content, template,
            FileOf(conversation, question.Content, template), _moment, whatsAppNowUtc)
        {
            CardFiles = CardFilesOf(conversation, question.Content),
            NowUtc = nowUtc,
            Consent = _consent.GetValueOrDefault(conversation.ContactId, ConsentStanding.Nothing),
            Entries = _entries is null ? [] : [.. _entries[conversation.ContactId]],
            OwnMarketing = OwnMarketing(number, conversation.ContactId, nowUtc),
            StopWaits = _undecided.Contains(conversation.ContactId),
            Waiting = [.. _waiting[conversation.ContactId]],
            Lane = question.Lane,
            ClientKey = question.ClientKey,
            Settings = number is null ? new GateSettings() : _settings[number.BusinessAccountId],
            Told = _past.ToldTo(question),
            SameBusiness = number is null || _sameBusiness is null ? [] : [.. _sameBusiness[number.BusinessAccountId]],
            PeopleLeft = number is null ? null : _past.PeopleLeft(number.BusinessAccount, conversation.ContactId),
            Elsewhere = [.. _unanswered[conversation.ContactId].Where(other => other.ConversationId != conversation.Id)],
            GrantedBefore = _granted.GetValueOrDefault(conversation.ContactId),
            IsAgain = question.InsteadOf is not null || _past.IsAgain(question),
            WithoutValues = question.WithoutValues,
            IsForAnother = question.MessageId is { } queued && _forAnother.Contains(queued),
        };
    }

    /// <summary>With the templates that are asked for: one trip to the database instead of two.</summary>
    private static async Task<(Dictionary<long, Number> Numbers, Dictionary<(long Account, string Name, string Language), TemplateView> Templates)> NumbersAsync(
        WaConsoleDb db, IReadOnlyList<GateQuestion> questions, List<GateQuestion> asked, CancellationToken cancellationToken)
    {
        var ids = questions.Select(question => question.Conversation.NumberId).Distinct().ToArray();
        var numbers = db.Numbers.AsNoTracking().Include(n => n.BusinessAccount).Where(n => ids.Contains(n.Id));
        var names = asked.Select(question => ((ReplyContent.Template)question.Content).Name).Distinct().ToArray();
        if (names.Length == 0)
        {
            return (await numbers.ToDictionaryAsync(n => n.Id, cancellationToken), []);
        }

        var rows = await numbers
            .Select(n => new
            {
                Number = n,
                n.BusinessAccount,
                Templates = db.Templates.AsNoTracking().Where(t => t.BusinessAccountId == n.BusinessAccountId && names.Contains(t.Name)).ToList(),
            })
            .ToListAsync(cancellationToken);
        rows.ForEach(row => row.Number.BusinessAccount = row.BusinessAccount);
        return (
            rows.ToDictionary(row => row.Number.Id, row => row.Number),
            rows.SelectMany(row => row.Templates).DistinctBy(t => t.Id).ToDictionary(t => (t.BusinessAccountId, t.Name, t.Language), TemplateDefinition.Read));
    }

    /// <summary>With what they did not answer and, when templates are asked for, where they stand: one trip to the database.</summary>
    private static async Task<(Dictionary<long, Contact> Contacts, IReadOnlyDictionary<long, ConsentStanding> Consent, ILookup<long, UnansweredElsewhere> Unanswered)> PeopleAsync(
        WaConsoleDb db, IReadOnlyList<GateQuestion> questions, List<GateQuestion> asked, IReadOnlyCollection<TemplateView> templates, DateTime nowUtc,
        CancellationToken cancellationToken)
    {
        var ids = questions.Select(question => question.Conversation.ContactId).Distinct().ToArray();
        var people = db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id));
        if (asked.Count == 0)
        {
            var written = await people.Select(c => new
            {
                Contact = c,
                Talks = db.Conversations.Where(v => v.ContactId == c.Id)
                    .Select(v => new UnansweredElsewhere(v.Id, v.UnansweredCount, v.UnansweredSinceUtc, v.WindowOpenedAtUtc)).ToList(),
            }).ToListAsync(cancellationToken);
            return (
                written.ToDictionary(row => row.Contact.Id, row => row.Contact),
                new Dictionary<long, ConsentStanding>(),
                Talks(written.Select(row => (row.Contact, row.Talks))));
        }

        var rows = await people
            .AsSingleQuery()
            .Select(c => new
            {
                Contact = c,
                States = db.ConsentStates.AsNoTracking().Where(s => s.ContactId == c.Id).ToList(),
                Talks = db.Conversations.Where(v => v.ContactId == c.Id)
                    .Select(v => new UnansweredElsewhere(v.Id, v.UnansweredCount, v.UnansweredSinceUtc, v.WindowOpenedAtUtc)).ToList(),
            })
            .ToListAsync(cancellationToken);
        var standings = rows.ToDictionary(row => row.Contact.Id, row => ReadStandings.Of(row.States, nowUtc));

        // Marketing needs an entry of theirs anyway. For the rest no entry is no hindrance, unless they were erased with a stop of everything.
        if (templates.Any(template => !GateLimits.IsMarketing(template)))
        {
            var unknown = rows.Where(row => row.States.Count == 0).Select(row => row.Contact.Id).ToList();
            foreach (var gone in await Suppressions.WithoutEverythingAsync(db, unknown, cancellationToken))
            {
                standings[gone] = ConsentLedger.Purposes.Aggregate(
                    ConsentStanding.Nothing, (standing, purpose) => standing.With(purpose, new PurposeStanding(Standing.OptedOut, Source: ConsentSource.Erasure)));
            }
        }

        return (rows.ToDictionary(row => row.Contact.Id, row => row.Contact), standings, Talks(rows.Select(row => (row.Contact, row.Talks))));
    }

    private static ILookup<long, UnansweredElsewhere> Talks(IEnumerable<(Contact Contact, List<UnansweredElsewhere> Talks)> people) =>
        people.SelectMany(person => person.Talks.Select(talk => (person.Contact.Id, Talk: talk))).ToLookup(pair => pair.Id, pair => pair.Talk);

    /// <summary>Only for accounts that name their business, and of people whose standing an opt-in for another could have made.</summary>
    private static async Task<ILookup<long, LedgerLine>?> AgreedAsync(
        WaConsoleDb db, GateKnowledge known, List<GateQuestion> asked, IReadOnlyDictionary<long, ConsentStanding> consent, CancellationToken cancellationToken)
    {
        var people = asked
            .Where(question => known._numbers.TryGetValue(question.Conversation.NumberId, out var number) && known._settings[number.BusinessAccountId].BusinessNames.Count > 0)
            .Select(question => question.Conversation.ContactId)
            .Where(contact => IsByOptIn(consent.GetValueOrDefault(contact)?.Marketing.What))
            .Distinct()
            .ToList();
        return people.Count == 0 ? null : await ReadStandings.MarketingAsync(db, people, cancellationToken);
    }

    /// <summary>
    /// Of who stopped more than offers and opened a window since: where they stand names the first stop, and the last one counts. And of whose
    /// number another may have now, who did not write what the thread holds. Few are either.
    /// </summary>
    private static async Task<ILookup<long, LedgerLine>?> EntriesAsync(
        WaConsoleDb db, GateKnowledge known, List<GateQuestion> asked, CancellationToken cancellationToken)
    {
        var people = asked
            .Where(question => known._contacts[question.Conversation.ContactId].IdentityChangedAtUtc is not null || known.IsStoppedBeforeWindow(question.Conversation))
            .Select(question => question.Conversation.ContactId).Distinct().ToList();
        return people.Count == 0 ? null : await ReadStandings.LinesAsync(db, people, cancellationToken);
    }

    private bool IsStoppedBeforeWindow(Conversation conversation) =>
        _consent.GetValueOrDefault(conversation.ContactId) is { } consent
        && new[] { consent.Utility, consent.Authentication }.Any(standing =>
            standing is { What: Standing.OptedOut, Source: not ConsentSource.Erasure } && conversation.WindowOpenedAtUtc > standing.SinceUtc);

    /// <summary>Who wrote to any number what may be a wish to stop. Asked for marketing alone, by the index of what waits for a decision.</summary>
    private static async Task<IReadOnlySet<long>> UndecidedAsync(
        WaConsoleDb db, List<GateQuestion> asked, IReadOnlyCollection<TemplateView> templates, CancellationToken cancellationToken)
    {
        if (!templates.Any(GateLimits.IsMarketing))
        {
            return new HashSet<long>();
        }

        var people = asked.Select(question => question.Conversation.ContactId).Distinct().ToArray();
        return await db.Conversations
            .Where(c => EF.Parameter(people).Contains(c.ContactId) && db.StopReviews.Any(r => r.ConversationId == c.Id && r.Decision == null))
            .Select(c => c.ContactId).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Which questions are still open, of the people who are about to be sent one.</summary>
    private static async Task<ILookup<long, Guid>> WaitingAsync(WaConsoleDb db, List<GateQuestion> asked, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var people = asked
            .Where(question => ((ReplyContent.Template)question.Content).Values.Texts.Values.Any(text => AskButton.Read(text) is not null))
            .Select(question => question.Conversation.ContactId)
            .Distinct()
            .ToList();
        var lines = people.Count == 0 ? null : await ReadStandings.LinesAsync(db, people, cancellationToken);
        return people
            .SelectMany(person => ConsentLedger.Waiting([.. lines![person]], nowUtc).Select(line => (Person: person, Key: line.AskKey!.Value)))
            .ToLookup(one => one.Person, one => one.Key);
    }

    /// <summary>Of messages to numbers behind which something changed, those that were queued before somebody else got the number.</summary>
    private static async Task<IReadOnlySet<long>> ForAnotherAsync(
        WaConsoleDb db, IReadOnlyList<GateQuestion> questions, Dictionary<long, Contact> contacts, CancellationToken cancellationToken)
    {
        var queued = questions
            .Where(question => question.MessageId is not null && contacts[question.Conversation.ContactId].IdentityChangedAtUtc is not null)
            .ToDictionary(question => question.MessageId!.Value, question => question.Conversation.ContactId);
        if (queued.Count == 0)
        {
            return new HashSet<long>();
        }

        var lines = await ReadStandings.PassedAsync(db, queued.Values, cancellationToken);
        var passed = lines
            .Select(own => (Contact: own.Key, Held: PassedNumbers.Holding([.. own]).Select(line => (DateTime?)line.RecordedAtUtc).Max()))
            .Where(own => own.Held is not null)
            .ToDictionary(own => own.Contact, own => own.Held!.Value);
        var ids = queued.Where(one => passed.ContainsKey(one.Value)).Select(one => one.Key).ToArray();
        var written = await db.Messages.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.CreatedAtUtc }).ToListAsync(cancellationToken);
        return written.Where(message => message.CreatedAtUtc <= passed[queued[message.Id]]).Select(message => message.Id).ToHashSet();
    }

    /// <summary>For each account that sends, those of its business; asked for only where another one sent the people offers lately.</summary>
    private static async Task<ILookup<long, long>?> SameBusinessAsync(WaConsoleDb db, GateKnowledge known, CancellationToken cancellationToken)
    {
        List<BusinessAccount> senders = [.. known._numbers.Values.Select(number => number.BusinessAccount).DistinctBy(account => account.Id)];
        var others = known._past.OfferedBy.Except(senders.Select(account => account.Id)).ToArray();
        if (others.Length == 0 && senders.Count == 1)
        {
            return null;
        }

        var read = await db.BusinessAccounts.AsNoTracking().Where(a => EF.Parameter(others).Contains(a.Id)).ToListAsync(cancellationToken);
        return senders.SelectMany(sender => senders.Concat(read).Where(other => IsOneBusiness(sender, other)).Select(other => (Sender: sender.Id, Other: other.Id)))
            .ToLookup(pair => pair.Sender, pair => pair.Other);
    }

    /// <summary>As opt-ins count: an account without names stands for every business of the console.</summary>
    private static bool IsOneBusiness(BusinessAccount one, BusinessAccount other)
    {
        var (names, others) = (GateSettings.Of(one).BusinessNames, GateSettings.Of(other).BusinessNames);
        return one.PortfolioId == other.PortfolioId
            || names.Count == 0
            || others.Count == 0
            || names.Any(name => others.Any(also => also.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsByOptIn(Standing? what) => what is Standing.OptedIn or Standing.Incomplete or Standing.Expired or Standing.Pending;

    private PurposeStanding? OwnMarketing(Number? number, long contactId, DateTime nowUtc) =>
        number is not null && _agreed is not null && _agreed.Contains(contactId) && _settings[number.BusinessAccountId].BusinessNames is { Count: > 0 } names
            ? ConsentLedger.StandFor(_agreed[contactId], ConsentPurpose.Marketing, names).At(nowUtc)
            : null;

    private static async Task<Dictionary<long, MediaFile>> FilesAsync(
        WaConsoleDb db, IReadOnlyList<GateQuestion> questions, CancellationToken cancellationToken)
    {
        var ids = questions.SelectMany(question => FileIdsOf(question.Content)).Distinct().ToArray();
        return ids.Length == 0
            ? []
            : await db.MediaFiles.AsNoTracking().Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, cancellationToken);
    }

    /// <summary>Where files that are nobody's own and no longer in the library were sent before.</summary>
    private static async Task<HashSet<(long Conversation, long File)>> ShownAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<GateQuestion> questions, Dictionary<long, MediaFile> files, CancellationToken cancellationToken)
    {
        var ids = files.Values.Where(file => file.ConversationId is null && !file.IsInLibrary).Select(file => file.Id).ToArray();
        if (ids.Length == 0 || ReferenceEquals(caller, Caller.System))
        {
            return [];
        }

        var conversations = questions.Select(question => question.Conversation.Id).Distinct().ToArray();
        var pairs = await db.Messages.Where(m => m.MediaFileId != null && ids.Contains(m.MediaFileId.Value) && conversations.Contains(m.ConversationId))
            .Select(m => new { m.ConversationId, MediaFileId = m.MediaFileId!.Value }).Distinct().ToListAsync(cancellationToken);
        return [.. pairs.Select(pair => (pair.ConversationId, pair.MediaFileId))];
    }

    private static long? FileIdOf(ReplyContent content) => content switch
    {
        ReplyContent.Media media => media.MediaFileId,
        ReplyContent.Template template => template.Values.HeaderMediaFileId,
        ReplyContent.Interactive interactive => interactive.What.HeadFileId,
        _ => null,
    };

    private static IEnumerable<long> FileIdsOf(ReplyContent content) =>
    [
        .. FileIdOf(content) is { } id ? [id] : Array.Empty<long>(),
        .. content is ReplyContent.Template { Values.Files: { } files } ? files.Values : [],
    ];

    private Dictionary<long, MediaFile> CardFilesOf(Conversation conversation, ReplyContent content) =>
        content is ReplyContent.Template { Values.Files: { } wanted }
            ? wanted.Values.Distinct().Select(_files.GetValueOrDefault).OfType<MediaFile>().Where(file => MayUse(conversation, file))
                .ToDictionary(file => file.Id)
            : [];

    private MediaFile? FileOf(Conversation conversation, ReplyContent content, TemplateView? template)
    {
        var wanted = content is not ReplyContent.Template || (template is not null && GateRules.HeaderMediaKind(template) is not null);
        return wanted && FileIdOf(content) is { } id && _files.GetValueOrDefault(id) is { } file && MayUse(conversation, file) ? file : null;
    }

    /// <summary>A file goes out only to a conversation it belongs to or was sent to, or by who uploaded it, or when it is everybody's.</summary>
    private bool MayUse(Conversation conversation, MediaFile file)
    {
        var own = (_caller.AgentId is { } agent && file.UploadedById == agent)
            || (_caller.ApiKeyId is { } key && file.UploadedByApiKeyId == key);
        return file.ConversationId == conversation.Id || _shown.Contains((conversation.Id, file.Id)) || own || file.IsInLibrary
            || ReferenceEquals(_caller, Caller.System);
    }
}
