using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>A person to make. Without a phone they get a free one.</summary>
public sealed record NewCustomer(string Name, string? Phone = null, string? Username = null, bool HiddenNumber = false);

/// <summary>What to change about a customer; what is null stays.</summary>
public sealed record CustomerChange
{
    public string? Name { get; init; }
    public string? Username { get; init; }
    public bool? HiddenNumber { get; init; }
    public bool? OnWhatsApp { get; init; }
    public bool? Online { get; init; }
    public bool? Reads { get; init; }
    public bool? Blocks { get; init; }
    public bool? MarketingCapped { get; init; }
    public bool? InExperiment { get; init; }
    public bool? OldApp { get; init; }
    public string? ParentUserId { get; init; }
}

/// <summary>What came of making or changing a customer.</summary>
public abstract record CustomerOutcome
{
    private CustomerOutcome()
    {
    }

    public sealed record Done(Customer Customer) : CustomerOutcome;

    public sealed record Refused(string Why) : CustomerOutcome;
}

public sealed partial class SimulatedWhatsApp
{
    private const int NameMax = 100;

    public CustomerOutcome MakeCustomer(NewCustomer wanted)
    {
        var name = wanted.Name.Trim();
        if (name.Length is 0 or > NameMax)
        {
            return new CustomerOutcome.Refused($"Give a name of 1 to {NameMax} characters.");
        }

        var username = wanted.Username?.Trim().TrimStart('@');
        if (wanted.HiddenNumber && string.IsNullOrEmpty(username))
        {
            return new CustomerOutcome.Refused("Only somebody with a username can hide the number.");
        }

        Customer customer;
        lock (_gate)
        {
            var phone = string.IsNullOrWhiteSpace(wanted.Phone) ? FreePhone() : Digits(wanted.Phone);
            if (phone is null)
            {
                return new CustomerOutcome.Refused("Write the phone number with its country code, 7 to 15 digits.");
            }

            if (ByPhone(phone) is not null || IsOwn(phone))
            {
                return new CustomerOutcome.Refused("This number belongs to somebody already.");
            }

            customer = new Customer
            {
                Id = "c" + (++_nextCustomer).ToString(CultureInfo.InvariantCulture),
                Name = name,
                Phone = phone,
                UserId = UserIdOf(phone),
                Username = string.IsNullOrEmpty(username) ? null : username,
                HiddenNumber = wanted.HiddenNumber,
            };
            _customers.Add(customer.Id, customer);
            Index(customer);
        }

        Publish(customer.Id);
        return new CustomerOutcome.Done(customer);
    }

    /// <summary>Changes a customer. Coming online delivers what waited; starting to read reads what was delivered.</summary>
    public CustomerOutcome ChangeCustomer(string customerId, CustomerChange change)
    {
        Customer before, after;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out before!))
            {
                return new CustomerOutcome.Refused("There is no such customer.");
            }

            var username = change.Username is null ? before.Username : change.Username.Trim().TrimStart('@');
            after = before with
            {
                Name = string.IsNullOrWhiteSpace(change.Name) ? before.Name : change.Name.Trim(),
                Username = string.IsNullOrEmpty(username) ? null : username,
                HiddenNumber = change.HiddenNumber ?? before.HiddenNumber,
                OnWhatsApp = change.OnWhatsApp ?? before.OnWhatsApp,
                Online = change.Online ?? before.Online,
                Reads = change.Reads ?? before.Reads,
                Blocks = change.Blocks ?? before.Blocks,
                MarketingCapped = change.MarketingCapped ?? before.MarketingCapped,
                InExperiment = change.InExperiment ?? before.InExperiment,
                OldApp = change.OldApp ?? before.OldApp,
                ParentUserId = change.ParentUserId is "" ? null : change.ParentUserId ?? before.ParentUserId,
            };
            if (after.Name.Length > NameMax || (after.HiddenNumber && after.Username is null))
            {
                return new CustomerOutcome.Refused("The name is too long, or a hidden number lacks a username.");
            }

            _customers[customerId] = after;
            Index(after);
        }

        if (after is { Online: true, OnWhatsApp: true } && !(before is { Online: true, OnWhatsApp: true }))
        {
            DeliverWaiting(customerId);
        }

        if (after.Reads && !before.Reads)
        {
            Read(customerId);
        }

        Publish(customerId);
        return new CustomerOutcome.Done(after);
    }

    /// <summary>The customer stops or resumes marketing; the business learns it as <c>user_preferences</c>.</summary>
    /// <param name="signup">The sign-up link the customer came back through; then the value is <c>signup</c>.</param>
    public CustomerOutcome ChooseMarketing(string customerId, bool stopped, string? numberId = null, string? signup = null)
    {
        Customer customer;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out customer!) || NumberOrFirst(numberId) is not { } number)
            {
                return new CustomerOutcome.Refused("There is no such customer or number.");
            }

            _customers[customerId] = customer = customer with { MarketingStopped = stopped };
            var shown = NumberShown(customer, ChatOf(customerId, number.Id));
            var preference = new JsonObject();
            if (shown)
            {
                preference["wa_id"] = customer.Phone;
            }

            preference["user_id"] = customer.UserId;
            if (customer.ParentUserId is not null)
            {
                preference["parent_user_id"] = customer.ParentUserId;
            }

            preference["detail"] = stopped ? "User requested to stop marketing messages" : "User requested to resume marketing messages";
            preference["category"] = "marketing_messages";
            preference["value"] = signup is not null ? "signup" : stopped ? "stop" : "resume";
            if (signup is not null)
            {
                preference["signup_id"] = signup;
            }

            preference["timestamp"] = Clock.GetUtcNow().ToUnixTimeSeconds();
            var value = MessageWebhook.Envelope(number);
            value["contacts"] = new JsonArray(MessageWebhook.Contact(customer, shown, withUsername: true));
            value["user_preferences"] = new JsonArray(preference);
            Webhooks.Enqueue(customerId, MessageWebhook.Whole("user_preferences", value));
        }

        Publish(customerId);
        return new CustomerOutcome.Done(customer);
    }

    /// <summary>The customer moves to another phone number and so gets another user id. Every number they wrote to learns it.</summary>
    /// <param name="customerId">Who moves.</param>
    /// <param name="newPhone">A free number in any usual writing.</param>
    /// <param name="asField">Also as the field <c>user_id_update</c>, which some pages describe and others deny.</param>
    public CustomerOutcome ChangePhone(string customerId, string newPhone, bool asField = false)
    {
        Customer after;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var before))
            {
                return new CustomerOutcome.Refused("There is no such customer.");
            }

            if (Digits(newPhone) is not { } phone || ByPhone(phone) is not null || IsOwn(phone))
            {
                return new CustomerOutcome.Refused("Write a free number with its country code, 7 to 15 digits.");
            }

            _customers[customerId] = after = before with { Phone = phone, UserId = UserIdOf(phone) };
            _customerAt.Remove(before.Phone);
            _customerAt.Remove(before.UserId);
            Index(after);
            var chats = _chats.Values.Where(chat => chat.CustomerId == customerId && chat.Lines.Count > 0).ToList();
            chats.ForEach(chat => TellNewPhone(before, after, chat));
            if (asField && chats.Count > 0)
            {
                Webhooks.Enqueue(customerId, NewUserId(before, after, chats[0]));
            }
        }

        Publish(customerId);
        return new CustomerOutcome.Done(after);
    }

    /// <summary>Finds a customer by a number in any usual writing.</summary>
    public Customer? FindByPhone(string phone)
    {
        lock (_gate)
        {
            return Digits(phone) is { } digits ? ByPhone(digits) : null;
        }
    }

    internal static string? Digits(string phone)
    {
        var digits = new string([.. phone.Where(char.IsAsciiDigit)]);
        var rest = phone.Trim().TrimStart('+').Where(c => !char.IsAsciiDigit(c));
        return digits.Length is >= 7 and <= 15 && rest.All(c => c is ' ' or '-' or '(' or ')' or '.' or '/') ? digits : null;
    }

    private void TellNewPhone(Customer before, Customer after, Chat chat)
    {
        var now = Clock.GetUtcNow();
        var shown = NumberShown(before, chat);
        var kind = shown ? "user_changed_number" : "user_changed_user_id";
        var line = new ChatLine
        {
            Id = NewWamid(),
            CustomerId = after.Id,
            NumberId = chat.NumberId,
            FromCustomer = true,
            At = now,
            Content = new MessageContent { Kind = "system", SubKind = kind },
        };
        Put(chat, line);
        var system = new JsonObject { ["body"] = "The customer has a new number", ["type"] = kind };
        if (shown)
        {
            system["wa_id"] = after.Phone;
        }

        system["user_id"] = after.UserId;
        var number = _numbers[chat.NumberId];
        Webhooks.Enqueue(
            after.Id,
            MessageWebhook.WriteSystem(line.Id, now, number, shown ? before.Phone : null, before.UserId, system),
            OverrideOf(number));
    }

    private WebhookItem NewUserId(Customer before, Customer after, Chat chat)
    {
        var (number, shown) = (_numbers[chat.NumberId], NumberShown(before, chat));
        var update = new JsonObject { ["detail"] = "The user changed the phone number", ["timestamp"] = MessageWebhook.Seconds(Clock.GetUtcNow()) };
        if (shown)
        {
            update["wa_id"] = after.Phone;
        }

        update["user_id"] = new JsonObject { ["previous"] = before.UserId, ["current"] = after.UserId };
        if (after.ParentUserId is not null)
        {
            update["parent_user_id"] = new JsonObject { ["previous"] = before.ParentUserId, ["current"] = after.ParentUserId };
        }

        var value = MessageWebhook.Envelope(number);
        value["contacts"] = new JsonArray(MessageWebhook.Contact(after, shown, withUsername: true));
        value["user_id_update"] = new JsonArray(update);
        return MessageWebhook.Whole("user_id_update", value);
    }

    /// <summary>The customer installs WhatsApp anew: numbers that check identities learn it.</summary>
    public CustomerOutcome ChangeIdentity(string customerId)
    {
        Customer after;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var before))
            {
                return new CustomerOutcome.Refused("There is no such customer.");
            }

            _customers[customerId] = after = before with { Identity = before.Identity + 1 };
            foreach (var chat in _chats.Values.Where(chat => chat.CustomerId == customerId && _numbers[chat.NumberId].IdentityCheck).ToList())
            {
                var now = Clock.GetUtcNow();
                Webhooks.Enqueue(customerId, MessageWebhook.WriteSystem(
                    NewWamid(), now, _numbers[chat.NumberId], NumberShown(after, chat) ? after.Phone : null, after.UserId,
                    new JsonObject { ["body"] = "The customer's identity has changed", ["type"] = "customer_identity_changed" },
                    new JsonObject
                    {
                        ["acknowledged"] = false,
                        ["created_timestamp"] = MessageWebhook.Seconds(now),
                        ["hash"] = after.IdentityHash,
                    }));
            }
        }

        Publish(customerId);
        return new CustomerOutcome.Done(after);
    }

    private void Index(Customer customer)
    {
        _customerAt[customer.Phone] = customer.Id;
        _customerAt[customer.UserId] = customer.Id;
        if (customer.ParentUserId is not null)
        {
            _customerAt[customer.ParentUserId] = customer.Id;
        }
    }

    private bool IsOwn(string phone)
    {
        foreach (var number in _numbers.Values)
        {
            if (number.Phone == phone)
            {
                return true;
            }
        }

        return false;
    }

    private Customer? ByPhone(string digits) => ByAddress(digits);

    private Customer? ByAddress(string address) =>
        _customerAt.TryGetValue(address, out var id) ? _customers.GetValueOrDefault(id) : null;

    private BusinessNumber? NumberOrFirst(string? numberId) =>
        numberId is null ? _numbers.Values.First() : _numbers.GetValueOrDefault(numberId);

    // +49 176 040690xx is kept for stories; past its hundred numbers the digits run on, still unassigned.
    private string FreePhone()
    {
        for (var i = 20; ; i++)
        {
            var phone = "4917604069" + i.ToString("00", CultureInfo.InvariantCulture);
            if (ByPhone(phone) is null)
            {
                return phone;
            }
        }
    }
}
