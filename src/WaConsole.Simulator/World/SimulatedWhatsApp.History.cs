namespace WaConsole.Simulator.World;

/// <summary>A chat that already happened somewhere else. Ids are kept, so that both sides can quote and react.</summary>
/// <param name="Phone">May be missing when the user id is known: the person then gets a free number.</param>
/// <param name="UserId">Without one, the id that belongs to the phone.</param>
public sealed record ImportedChat(
    string NumberId,
    string Name,
    string? Phone,
    string? UserId,
    string? Username,
    bool HiddenNumber,
    IReadOnlyList<ImportedMessage> Messages);

/// <param name="State">How far a message of the business had come.</param>
public sealed record ImportedMessage(
    string Wamid,
    bool FromCustomer,
    DateTimeOffset At,
    MessageContent Content,
    ReceiptState State = ReceiptState.Read,
    string? ReplyTo = null,
    string? CustomerReaction = null,
    string? BusinessReaction = null,
    bool ReadByBusiness = true,
    int? ErrorCode = null);

public sealed partial class SimulatedWhatsApp
{
    /// <summary>
    /// Puts a chat that exists in a console onto the phone, without any webhook. The customer is found by user id or phone,
    /// or made; lines whose id is known already are left alone. Returns the customer, or null when number, phone and user
    /// id make no sense.
    /// </summary>
    public Customer? ImportHistory(ImportedChat history)
    {
        Customer customer;
        lock (_gate)
        {
            var phone = history.Phone is null ? null : Digits(history.Phone);
            if (!_numbers.ContainsKey(history.NumberId) || (phone is null && (history.Phone is not null || history.UserId is null)))
            {
                return null;
            }

            customer = (history.UserId is null ? null : ByAddress(history.UserId))
                ?? (phone is null ? null : ByPhone(phone))
                ?? Stranger(phone ?? FreePhone());
            _customerAt.Remove(customer.UserId);
            customer = customer with
            {
                Name = history.Name,
                UserId = history.UserId ?? customer.UserId,
                Username = history.Username,
                HiddenNumber = history.HiddenNumber && history.Username is not null,
                OnWhatsApp = true,
            };
            _customers[customer.Id] = customer;
            Index(customer);
            var chat = ChatOf(customer.Id, history.NumberId);
            foreach (var message in history.Messages.OrderBy(message => message.At))
            {
                Import(chat, customer, message);
            }
        }

        Publish(customer.Id);
        return customer;
    }

    private void Import(Chat chat, Customer customer, ImportedMessage message)
    {
        if (_chatOfMessage.ContainsKey(message.Wamid))
        {
            return;
        }

        Put(chat, new ChatLine
        {
            Id = message.Wamid,
            CustomerId = customer.Id,
            NumberId = chat.NumberId,
            FromCustomer = message.FromCustomer,
            At = message.At,
            Content = message.Content,
            ReplyTo = message.ReplyTo,
            State = message.State,
            ErrorCode = message.ErrorCode,
            CustomerReaction = message.CustomerReaction,
            BusinessReaction = message.BusinessReaction,
            ReadByBusiness = message.ReadByBusiness,
        });
        if (message.FromCustomer && !(chat.LastInboundAt > message.At))
        {
            chat.LastInboundAt = message.At;
        }
    }
}
