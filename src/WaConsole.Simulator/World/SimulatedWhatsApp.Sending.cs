using System.Text.Json;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>What the Graph API answers to a send.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <param name="Status">The <c>message_status</c> of a template, otherwise null.</param>
    public sealed record Accepted(string Wamid, Customer Customer, string? InputPhone, string? Status) : SendOutcome
    {
        public string? GroupId { get; init; }
    }

    public sealed record Refused(GraphError Error) : SendOutcome;
}

/// <summary>A request as it came in, with the template it was checked against.</summary>
internal sealed record ReadSend(
    SendRequest Request,
    MessageContent Content,
    SimulatedTemplate? Template,
    GraphError? WrongMedia,
    ReadOnlyMemory<byte> Raw,
    string BodyHash,
    bool MarketingApi);

public sealed partial class SimulatedWhatsApp
{
    private readonly List<SentMessage> _ledger = [];
    private readonly Dictionary<string, SentMessage> _sent = new(StringComparer.Ordinal);
    private readonly PeopleReached _reached = new();

    /// <summary>Every accepted send in order, with the state it has reached.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => LedgerAfter(0, int.MaxValue);

    /// <summary>The accepted sends that follow a sequence number, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> LedgerAfter(long sequence, int most)
    {
        lock (_gate)
        {
            var start = (int)Math.Clamp(sequence, 0, _ledger.Count);
            var count = Math.Min(most, _ledger.Count - start);
            var entries = new LedgerEntry[count];
            for (var i = 0; i < count; i++)
            {
                entries[i] = _ledger[start + i].ToEntry();
            }

            return entries;
        }
    }

    /// <summary>Decides about a send. Its statuses start with <see cref="Begin"/>, after the answer has left.</summary>
    internal SendOutcome Accept(BusinessNumber number, JsonElement body, ReadOnlyMemory<byte> raw, string bodyHash, bool marketingApi = false)
    {
        var checks = new SendChecks();
        var request = SendRequest.Read(body, checks, marketingApi);
        if (checks.Refusal is { } malformed)
        {
            return new SendOutcome.Refused(malformed);
        }

        var template = request.Type == "template" ? TemplateRules.Find(body, Templates, checks) : null;
        var content = template is not null ? TemplateRules.Fill(template, body, checks)
            : checks.Failed ? new MessageContent { Kind = request.Type }
            : MessageRules.Read(request, checks);
        if (template is not null && !checks.Failed)
        {
            CategoryRules(template, number, marketingApi, request, checks);
        }

        content = WithKnownMedia(content, number.Id, checks, out var wrongMedia);
        if (!checks.Failed)
        {
            Catalog.Check(content, body, Account.CatalogConnected ? Account.CatalogId : null, checks);
        }

        if (checks.Refusal is { } refusal)
        {
            return new SendOutcome.Refused(refusal);
        }

        var read = new ReadSend(request, content, template, wrongMedia, raw, bodyHash, marketingApi);
        SendOutcome outcome;
        lock (_gate)
        {
            outcome = Accept(number, read);
        }

        if (outcome is SendOutcome.Accepted accepted)
        {
            Publish(accepted.Customer.Id);
        }

        return outcome;
    }

    /// <summary>What the business account and the number must be like to send at all.</summary>
    internal GraphError? WhyNumberCannotSend(BusinessNumber number)
    {
        var account = Account;
        return !number.Registered ? GraphError.Of(133010, "The number is not registered.")
            : account.BanState == "DISABLE" ? GraphError.Of(131031, "The account has been disabled for breaking a policy.")
            : number.CertificateBroken ? GraphError.Of(131045, "The registration of the number is broken; register it again.")
            : number.MaintenanceUntil > Clock.GetUtcNow() ? GraphError.Of(131057, "The number is being moved to a higher throughput.")
            : number.SpamLimited ? GraphError.Of(131048, "Too many earlier messages of this number were reported as spam.")
            : number.Phone.StartsWith("1555", StringComparison.Ordinal) && number.NameStatus != "APPROVED"
                ? GraphError.Of(131037, "A number given by WhatsApp needs an approved display name.")
            : null;
    }

    private void CategoryRules(SimulatedTemplate template, BusinessNumber number, bool marketingApi, SendRequest request, SendChecks checks)
    {
        var account = Account;
        if (marketingApi && template.Category != "MARKETING")
        {
            checks.Refuse(134100, "Only templates of the category MARKETING go through the Marketing Messages API.");
        }

        if (marketingApi && account.MarketingOnboarding != "ONBOARDED" && request.Strict)
        {
            checks.Refuse(134102, "The account is not onboarded to the Marketing Messages API.");
        }

        if (!marketingApi && template.Category == "MARKETING" && account.MarketingOnCloudApiDisabled)
        {
            checks.Refuse(131063, "Marketing templates are switched off for this API; use /marketing_messages.");
        }

        if (template.Name == "hello_world" && number.TestRecipients is null)
        {
            checks.Refuse(131058, "hello_world can only be sent from a public test number.");
        }

        if (request.To is null && template.Category == "AUTHENTICATION")
        {
            checks.Refuse(131062, "An authentication template needs a phone number.");
        }
    }

    private SendOutcome Accept(BusinessNumber number, ReadSend read)
    {
        var (request, content) = (read.Request, read.Content);
        if (request.ToGroup)
        {
            return AcceptForGroup(number, read);
        }

        if (Recipient(request, out var refusal) is not { } customer)
        {
            return new SendOutcome.Refused(refusal!);
        }

        if (number.TestRecipients is { } allowed && !allowed.Contains(customer.Phone))
        {
            return Refuse(131030, "A test number only writes to the recipients on its list.");
        }

        var chat = ChatOf(customer.Id, number.Id);
        if (request.ReplyTo is not null && !Known(request.ReplyTo, chat))
        {
            return Refuse(131009, "Param context['message_id'] is not a message of this chat.");
        }

        if (number.IdentityCheck && request.IdentityHash is { } hash && hash != customer.IdentityHash)
        {
            return Refuse(137000, "The recipient's identity has changed since this hash was told.");
        }

        if (read.Template is null && chat.OtherOwner is not null)
        {
            return Refuse(131070, $"The conversation is handled by {chat.OtherOwner}.");
        }

        if (content.SubKind is "order_details" or "order_status" && !Account.PaymentsTermsAccepted)
        {
            return Refuse(134011, "The terms of service of WhatsApp Payments have not been accepted.");
        }

        if (WhyNotAsk(chat, content) is { } notAsked)
        {
            return new SendOutcome.Refused(notAsked);
        }

        if (!Limits.TakeThroughput(number))
        {
            return Refuse(130429, "The number has sent and received too many messages this second.");
        }

        if (!Limits.TakePair(number.Id, customer.Id))
        {
            return Refuse(131056, "Too many messages to this customer in a short time.");
        }

        var later = read.WrongMedia ?? WhyUndeliverable(customer, chat, content, read.Template?.Category);
        if (later is not null && Options.RefusalTiming == RefusalTiming.Answer)
        {
            return new SendOutcome.Refused(later);
        }

        return Take(chat, customer, read, later);
    }

    private SendOutcome.Accepted Take(Chat chat, Customer customer, ReadSend read, GraphError? later, CustomerGroup? group = null)
    {
        var (request, content, template) = (read.Request, read.Content, read.Template);
        var now = Clock.GetUtcNow();
        var held = template is not null && later is null && Faults.Take(FaultKind.HeldForQuality, chat.NumberId) is not null;
        if (Faults.Take(FaultKind.FailedStatus, chat.NumberId) is { } failing)
        {
            later ??= GraphError.Of(failing.Code, "The simulator was asked to fail this message.");
        }

        var sent = new SentMessage
        {
            Sequence = _ledger.Count + 1,
            Wamid = NewWamid(),
            Chat = chat,
            Recipient = request.To ?? request.UserId!,
            Type = request.Type,
            CallbackData = request.CallbackData,
            BodyHash = read.BodyHash,
            At = now,
            ToPhone = request.To is not null,
            Held = held,
            Price = Price(chat, customer, template, read.MarketingApi, now),
            Country = customer.Country,
            Group = group,
            Later = later,
            Reaction = content.Reaction,
            Voice = content is { Kind: "audio", Media.Voice: true },
            TemplateId = template?.Id,
            ExpiresAt = now + (template?.TimeToLive ?? SimulatedTemplate.LongestLife),
        };
        _sent.Add(sent.Wamid, sent);
        _ledger.Add(sent);
        if (content.Reaction is null)
        {
            Put(chat, new ChatLine
            {
                Id = sent.Wamid,
                CustomerId = customer.Id,
                NumberId = chat.NumberId,
                FromCustomer = false,
                At = now,
                Content = content,
                ReplyTo = request.ReplyTo,
                GroupId = group?.Id,
                Raw = read.Raw,
            });
        }

        if (request.To is not null && group is null)
        {
            // Meta shows the number of somebody with a username for 30 days after the business wrote to it (June 2026).
            chat.NumberShownUntil = now + TimeSpan.FromDays(30);
        }

        if (content.SubKind == "call_permission_request")
        {
            chat.CallRequests.Add(now);
        }

        chat.TypingUntil = null;
        var status = template is null ? null : held ? "held_for_quality_assessment" : "accepted";
        return new SendOutcome.Accepted(sent.Wamid, customer, request.To, status) { GroupId = group?.Id };
    }

    private Customer? Recipient(SendRequest request, out GraphError? refusal)
    {
        refusal = null;
        if (request.To is null)
        {
            var byId = ByAddress(request.UserId!);
            refusal = byId is null ? GraphError.Of(131026, "Nobody has this user id for this business.") : null;
            return byId;
        }

        if (Digits(request.To) is not { } phone)
        {
            refusal = GraphError.Of(100, "Param to is not a valid phone number.");
            return null;
        }

        if (IsOwn(phone))
        {
            refusal = GraphError.Of(131021, "A business number cannot write to itself.");
            return null;
        }

        return ByPhone(phone) ?? Stranger(phone);
    }

    private Customer Stranger(string phone)
    {
        var stranger = new Customer
        {
            Id = "c" + (++_nextCustomer).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = "New customer " + phone[^4..],
            Phone = phone,
            UserId = UserIdOf(phone),
            OnWhatsApp = Options.MakeUnknownCustomers,
        };
        _customers.Add(stranger.Id, stranger);
        Index(stranger);
        return stranger;
    }

    private bool Known(string wamid, Chat chat) => _chatOfMessage.TryGetValue(wamid, out var of) && of == chat;

    private static SendOutcome.Refused Refuse(int code, string details) => new(GraphError.Of(code, details));
}
