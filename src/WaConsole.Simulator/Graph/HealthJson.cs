using System.Text.Json.Nodes;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary><c>health_status</c>: who can send, the worst of them first. Source: Meta, "Health status", 2025.</summary>
internal static class HealthJson
{
    private static readonly string[] FromGoodToBad = ["AVAILABLE", "LIMITED", "BLOCKED"];

    public static JsonObject OfNumber(BusinessNumber number, SimulatedWhatsApp world) => Of(world, Number(number));

    public static JsonObject OfAccount(SimulatedWhatsApp world) => Of(world, null);

    public static JsonObject OfTemplate(SimulatedTemplate template, SimulatedWhatsApp world) => Of(world, Entity(
        "MESSAGE_TEMPLATE", template.Id, template.Status == "APPROVED" ? "AVAILABLE" : "BLOCKED",
        template.Status == "APPROVED" ? null : (141002, "The message template is not approved.", "Use an approved template."), null));

    private static JsonObject Of(SimulatedWhatsApp world, JsonObject? first)
    {
        var account = world.Account;
        List<JsonObject> entities = first is null ? [] : [first];
        entities.Add(Entity(
            "WABA", world.Options.BusinessAccountId, account.BanState == "DISABLE" || !account.HasPaymentMethod ? "BLOCKED" : "AVAILABLE",
            account.BanState == "DISABLE" ? (131031, "The account has been disabled.", "Appeal in Business Support Home.")
                : account.HasPaymentMethod ? null : (141006, "There is no valid payment method.", "Add a payment method to the account."),
            null));
        entities.Add(Entity(
            "BUSINESS", account.PortfolioId, account.VerificationStatus == "verified" ? "AVAILABLE" : "LIMITED",
            account.VerificationStatus == "verified" ? null : (141010, "The business is not verified.", "Verify the business in the security centre."),
            account.Restrictions.Count > 0 ? "Messaging is restricted for a time." : null));
        entities.Add(Entity("APP", world.Options.AppId, "AVAILABLE", null, null));
        return new JsonObject
        {
            ["can_send_message"] = entities.Select(entity => entity["can_send_message"]!.GetValue<string>()).MaxBy(word => Array.IndexOf(FromGoodToBad, word)),
            ["entities"] = new JsonArray([.. entities]),
        };
    }

    private static JsonObject Number(BusinessNumber number) => Entity(
        "PHONE_NUMBER", number.Id,
        !number.Registered || number.CertificateBroken ? "BLOCKED" : number.SpamLimited || number.NameStatus is "PENDING_REVIEW" or "DECLINED" ? "LIMITED" : "AVAILABLE",
        !number.Registered ? (133010, "The phone number is not registered.", "Register the number.")
            : number.CertificateBroken ? (131045, "The registration of the number is broken.", "Register the number again.")
            : null,
        number.NameStatus is "PENDING_REVIEW" or "DECLINED" ? "Your display name has not been approved yet." : null);

    private static JsonObject Entity(string type, string id, string can, (int Code, string What, string Do)? error, string? information)
    {
        var entity = new JsonObject { ["entity_type"] = type, ["id"] = id, ["can_send_message"] = can };
        if (error is { } e)
        {
            entity["errors"] = new JsonArray(new JsonObject
            {
                ["error_code"] = e.Code,
                ["error_description"] = e.What,
                ["possible_solution"] = e.Do,
            });
        }

        if (information is not null)
        {
            entity["additional_info"] = new JsonArray(information);
        }

        return entity;
    }
}
