using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    /// <summary>Takes a number away from the Cloud API: sending answers 133010 until it is registered again.</summary>
    public bool Deregister(string numberId) => ChangeNumber(numberId, number => number with { Registered = false });

    /// <summary>Changes a number. What Meta announces is announced: quality, throughput, name.</summary>
    public bool ChangeNumber(string numberId, Func<BusinessNumber, BusinessNumber> change)
    {
        BusinessNumber before, after;
        lock (_gate)
        {
            if (!_numbers.TryGetValue(numberId, out before!))
            {
                return false;
            }

            _numbers[numberId] = after = change(before);
        }

        Announce(before, after);
        Publish(null);
        return true;
    }

    /// <summary>Changes the account. What Meta announces is announced: the review, the limit, bans and restrictions.</summary>
    public void ChangeAccount(Func<BusinessAccount, BusinessAccount> change)
    {
        BusinessAccount before, after;
        lock (_gate)
        {
            before = _account;
            Volatile.Write(ref _account, after = change(before));
            Webhooks.Muted = !after.Subscribed;
        }

        Announce(before, after);
        Publish(null);
    }

    /// <summary>An alert about the business, a number or anything else Meta watches.</summary>
    public void Alert(string type, string severity, string description, string entityType = "BUSINESS", string? entityId = null) =>
        Tell("account_alerts", new JsonObject
        {
            ["entity_type"] = entityType,
            ["entity_id"] = entityId ?? Account.PortfolioId,
            ["alert_info"] = new JsonObject
            {
                ["alert_severity"] = severity,
                ["alert_status"] = "ACTIVE",
                ["alert_type"] = type,
                ["alert_description"] = description,
            },
        });

    /// <summary>Sends a change of any field as it is, for what this class has no verb for.</summary>
    /// <param name="field">The name the change carries.</param>
    /// <param name="value">The change's value.</param>
    /// <param name="entryId">The portfolio, for events about it; otherwise the account.</param>
    /// <param name="lane">The customer it must keep its order with.</param>
    public void Tell(string field, JsonObject value, string? entryId = null, string? lane = null) =>
        Webhooks.Enqueue(lane ?? "account", MessageWebhook.Whole(field, value, entryId));

    /// <summary>Adds a number that still has to be verified and registered. Null when it belongs to somebody.</summary>
    internal BusinessNumber? AddNumber(string phone, string name)
    {
        BusinessNumber number;
        lock (_gate)
        {
            if (IsOwn(phone))
            {
                return null;
            }

            number = new BusinessNumber(
                (720000000000001 + _numbers.Count).ToString(CultureInfo.InvariantCulture), phone, "+" + phone, name)
            {
                Registered = false,
                CodeVerification = "NOT_VERIFIED",
                NameStatus = "PENDING_REVIEW",
                Quality = "UNKNOWN",
            };
            _numbers.Add(number.Id, number);
        }

        Publish(null);
        return number;
    }

    /// <summary>People reached outside a window in the last 24 hours.</summary>
    internal int ReachedToday()
    {
        lock (_gate)
        {
            return _reached.Count(Clock.GetUtcNow());
        }
    }

    /// <summary>The address of a number's override, or the account's; null when the app's own is used.</summary>
    private Uri? OverrideOf(BusinessNumber number) => number.OverrideUrl ?? Account.OverrideUrl;

    /// <summary>Completes when the first status of a send has been answered by the receiver, or could not be.</summary>
    internal async Task StatusDeliveredAsync(SendOutcome.Accepted accepted, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, WorldChange change)
        {
            lock (_gate)
            {
                if (!_sent.TryGetValue(accepted.Wamid, out var sent) || sent.State != ReceiptState.Accepted)
                {
                    told.TrySetResult();
                }
            }
        }

        Changed += Look;
        try
        {
            Look(this, new WorldChange(null));
            await told.Task.WaitAsync(cancellationToken);
            await Webhooks.WhenLaneRestsAsync(accepted.Customer.Id).WaitAsync(cancellationToken);
        }
        finally
        {
            Changed -= Look;
        }
    }

    private void Announce(BusinessNumber before, BusinessNumber after)
    {
        if (after.Throughput != before.Throughput || (after.Quality != before.Quality && after.Quality is "RED" or "YELLOW" or "GREEN"))
        {
            var raised = after.Throughput != before.Throughput;
            Tell("phone_number_quality_update", new JsonObject
            {
                ["display_phone_number"] = after.Phone,
                ["event"] = raised ? "THROUGHPUT_UPGRADE" : after.Quality == "RED" ? "FLAGGED" : "UNFLAGGED",
                ["current_limit"] = raised ? "TIER_UNLIMITED" : Account.MessagingLimit,
                ["max_daily_conversations_per_business"] = Account.MessagingLimit,
            });
        }

        if (after.NameStatus != before.NameStatus || after.NewNameStatus != before.NewNameStatus)
        {
            var status = after.NewNameStatus != before.NewNameStatus ? after.NewNameStatus : after.NameStatus;
            var decision = status switch { "DECLINED" => "REJECTED", "PENDING_REVIEW" => "PENDING", "APPROVED" or "NONE" => "APPROVED", _ => "DEFERRED" };
            Tell("phone_number_name_update", new JsonObject
            {
                ["display_phone_number"] = after.Phone,
                ["decision"] = decision,
                ["requested_verified_name"] = before.NewDisplayName ?? after.NewDisplayName ?? after.VerifiedName,
                ["rejection_reason"] = decision == "REJECTED" ? "NAME_NOT_CONSISTENT" : null,
            });
        }

        if (after.Username != before.Username)
        {
            var told = new JsonObject { ["display_phone_number"] = after.Phone };
            if (after.Username is not null)
            {
                told["username"] = after.Username;
            }

            told["status"] = after.Username is null ? "deleted" : "approved";
            Tell("business_username_updates", told);
        }
    }

    private void Announce(BusinessAccount before, BusinessAccount after)
    {
        if (after.ReviewStatus != before.ReviewStatus)
        {
            Tell("account_review_update", new JsonObject { ["decision"] = after.ReviewStatus });
        }

        if (after.MessagingLimit != before.MessagingLimit)
        {
            Tell("business_capability_update", new JsonObject
            {
                ["max_daily_conversations_per_business"] = after.PeoplePerDay ?? -1,
                ["max_phone_numbers_per_business"] = 20,
                ["max_phone_numbers_per_waba"] = 25,
            });
        }

        if (after.BanState != before.BanState)
        {
            Tell("account_update", new JsonObject
            {
                ["event"] = "DISABLED_UPDATE",
                ["ban_info"] = new JsonObject
                {
                    ["waba_ban_state"] = after.BanState ?? "REINSTATE",
                    ["waba_ban_date"] = Clock.GetUtcNow().ToString("MMMM d, yyyy", CultureInfo.InvariantCulture),
                },
            });
        }

        if (after.Restrictions != before.Restrictions && after.Restrictions.Count > 0)
        {
            Tell("account_update", new JsonObject
            {
                ["event"] = "ACCOUNT_RESTRICTION",
                ["restriction_info"] = new JsonArray([.. after.Restrictions.Select(restriction => new JsonObject
                {
                    ["restriction_type"] = restriction.Type,
                    ["expiration"] = restriction.Until.ToUnixTimeSeconds(),
                })]),
            });
        }
    }
}
