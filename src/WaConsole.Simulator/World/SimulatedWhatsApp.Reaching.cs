using WaConsole.Simulator.Graph;

namespace WaConsole.Simulator.World;

/// <summary>Why a message that was well formed does not reach its customer: window, restrictions, money, marketing, limits.</summary>
public sealed partial class SimulatedWhatsApp
{
    // Meta, "Call permission request", 2026: one in 24 hours and two in seven days for one customer and number.
    private GraphError? WhyNotAsk(Chat chat, MessageContent content)
    {
        if (content.SubKind != "call_permission_request")
        {
            return null;
        }

        var now = Clock.GetUtcNow();
        return chat.MayCallUntil == DateTimeOffset.MaxValue ? GraphError.Of(138017, "The customer has allowed calls for good.")
            : chat.CallRequests.Exists(at => at > now - TimeSpan.FromHours(24))
                || chat.CallRequests.Count(at => at > now - TimeSpan.FromDays(7)) >= 2
                ? GraphError.Of(138009, "This customer was asked once within 24 hours or twice within seven days.")
            : null;
    }

    private GraphError? WhyUndeliverable(Customer customer, Chat chat, MessageContent content, string? category)
    {
        if (!customer.OnWhatsApp || (customer.OldApp && content.Kind == "interactive"))
        {
            return GraphError.Of(131026, "The recipient cannot be reached on WhatsApp, or the app is too old.");
        }

        var account = Account;
        if (account.BarredCountries.Contains(customer.Country))
        {
            return GraphError.Of(130497, "This business may not write to users in this country.");
        }

        if (DeskOf(chat.NumberId).Blocked.Contains(customer.UserId))
        {
            return GraphError.Of(130403, "The business has blocked this user.");
        }

        if (content.Reaction is { } reaction)
        {
            var target = chat.Find(reaction.MessageId);
            if (target is null or { Revoked: true } || target.At < Clock.GetUtcNow() - TimeSpan.FromDays(30))
            {
                return GraphError.Of(131009, "The message to react to is unknown, deleted, a reaction or older than 30 days.");
            }
        }

        var open = chat.WindowOpen(Clock.GetUtcNow());
        if (category is null)
        {
            return !open ? GraphError.Of(131047, "More than 24 hours have passed since the customer last replied to this number.")
                : Restricted("RESTRICTED_CUSTOMER_INITIATED_MESSAGING") ? GraphError.Of(368, "The account may not answer customers at present.")
                : content.Reaction is null && !account.HasPaymentMethod && ServiceAllowance(chat.NumberId) <= 0
                    ? GraphError.Of(131042, "The free service messages are used up and the account has no payment method.")
                : null;
        }

        return WhyNotOutside(customer, category, open);
    }

    private GraphError? WhyNotOutside(Customer customer, string category, bool open)
    {
        if (Restricted("RESTRICTED_BIZ_INITIATED_MESSAGING") || (category == "UTILITY" && Restricted("RESTRICTED_UTILITY_TEMPLATES")))
        {
            return GraphError.Of(368, "The account may not send templates at present.");
        }

        if (!Account.HasPaymentMethod)
        {
            return GraphError.Of(131042, "The account has no valid payment method.");
        }

        if (category == "MARKETING")
        {
            var refused = customer.MarketingStopped ? GraphError.Of(131050, "The recipient has stopped marketing messages from this business.")
                : customer.InExperiment && !open ? GraphError.Of(130472, "The recipient's number is part of an experiment.")
                : !open && (customer.MarketingCapped || PhoneCountries.MarketingPaused(customer.Phone))
                    ? GraphError.Of(131049, "This message was not delivered to maintain healthy ecosystem engagement.")
                : null;
            if (refused is not null)
            {
                return refused;
            }
        }

        // Meta's pages name no code for a used-up messaging limit; 131048 is the one whose text speaks of a limit on how many.
        return open || _reached.Take(customer.Id, Clock.GetUtcNow(), Account.PeoplePerDay)
            ? null
            : GraphError.Of(131048, "The portfolio has reached as many people today as its messaging limit allows.");
    }

    private bool Restricted(string type) =>
        Account.Restrictions.Any(restriction => restriction.Type == type && restriction.Until > Clock.GetUtcNow());
}
