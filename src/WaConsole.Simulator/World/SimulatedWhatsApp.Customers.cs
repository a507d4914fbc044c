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

            if (ByPhone(phone) is not null || _numbers.Values.Any(number => number.Phone == phone))
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
            };
            if (after.Name.Length > NameMax || (after.HiddenNumber && after.Username is null))
            {
                return new CustomerOutcome.Refused("The name is too long, or a hidden number lacks a username.");
            }

            _customers[customerId] = after;
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
    public CustomerOutcome ChooseMarketing(string customerId, bool stopped, string? numberId = null)
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
            preference["detail"] = stopped ? "User requested to stop marketing messages" : "User requested to resume marketing messages";
            preference["category"] = "marketing_messages";
            preference["value"] = stopped ? "stop" : "resume";
            preference["timestamp"] = Clock.GetUtcNow().ToUnixTimeSeconds();
            var value = MessageWebhook.Envelope(number);
            value["contacts"] = new JsonArray(MessageWebhook.Contact(customer, shown, withUsername: true));
            value["user_preferences"] = new JsonArray(preference);
            Webhooks.Enqueue(customerId, "user_preferences", value);
        }

        Publish(customerId);
        return new CustomerOutcome.Done(customer);
    }

    /// <summary>The customer moves to another phone number and so gets another user id. Every number they wrote to learns it.</summary>
    public CustomerOutcome ChangePhone(string customerId, string newPhone)
    {
        Customer after;
        lock (_gate)
        {
            if (!_customers.TryGetValue(customerId, out var before))
            {
                return new CustomerOutcome.Refused("There is no such customer.");
            }

            if (Digits(newPhone) is not { } phone || ByPhone(phone) is not null || _numbers.Values.Any(n => n.Phone == phone))
            {
                return new CustomerOutcome.Refused("Write a free number with its country code, 7 to 15 digits.");
            }

            _customers[customerId] = after = before with { Phone = phone, UserId = UserIdOf(phone) };
            _customerAt.Remove(before.Phone);
            _customerAt.Remove(before.UserId);
            Index(after);
            foreach (var chat in _chats.Values.Where(chat => chat.CustomerId == customerId && chat.Lines.Count > 0).ToList())
            {
                TellNewPhone(before, after, chat);
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
        Webhooks.Enqueue(after.Id, "messages", MessageWebhook.WriteSystem(
            line.Id, now, _numbers[chat.NumberId], shown ? before.Phone : null, before.UserId, system));
    }

    private void Index(Customer customer)
    {
        _customerAt[customer.Phone] = customer.Id;
        _customerAt[customer.UserId] = customer.Id;
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
