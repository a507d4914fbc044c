namespace WaConsole.Simulator.World;

/// <summary>A customer in a list, with the last thing their phone shows.</summary>
/// <param name="Unread">Messages of the business that arrived and were not read.</param>
/// <param name="OnTheWay">Messages of the business that were accepted and have not arrived.</param>
public sealed record CustomerOverview(Customer Customer, ChatLine? Last, int Unread, int OnTheWay);

public sealed partial class SimulatedWhatsApp
{
    /// <summary>The customers by their last activity, newest first; those whose name, number or username holds the text.</summary>
    public IReadOnlyList<CustomerOverview> Overview(string? search, int most)
    {
        lock (_gate)
        {
            var found = _customers.Values.Where(customer => Matches(customer, search));
            return
            [
                .. found
                    .Select(customer => Overview(customer))
                    .OrderByDescending(row => row.Last?.At ?? DateTimeOffset.MinValue)
                    .ThenBy(row => row.Customer.Name, StringComparer.OrdinalIgnoreCase)
                    .Take(most),
            ];
        }
    }

    private CustomerOverview Overview(Customer customer)
    {
        ChatLine? last = null;
        var (unread, onTheWay) = (0, 0);
        foreach (var number in _numbers.Keys)
        {
            if (!_chats.TryGetValue((customer.Id, number), out var chat))
            {
                continue;
            }

            for (var i = chat.Lines.Count - 1; i >= 0 && i >= chat.Lines.Count - 100; i--)
            {
                var line = chat.Lines[i];
                unread += line is { FromCustomer: false, State: ReceiptState.Delivered } ? 1 : 0;
                onTheWay += line is { FromCustomer: false, State: ReceiptState.Accepted or ReceiptState.Sent } ? 1 : 0;
                if (line.OnPhone && !(last?.At >= line.At))
                {
                    last = line;
                }
            }
        }

        return new CustomerOverview(customer, last, unread, onTheWay);
    }

    private static bool Matches(Customer customer, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return true;
        }

        var wanted = search.Trim();
        var digits = new string([.. wanted.Where(char.IsAsciiDigit)]);
        return customer.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)
            || customer.Username?.Contains(wanted.TrimStart('@'), StringComparison.OrdinalIgnoreCase) == true
            || (digits.Length > 2 && customer.Phone.Contains(digits, StringComparison.Ordinal));
    }
}
