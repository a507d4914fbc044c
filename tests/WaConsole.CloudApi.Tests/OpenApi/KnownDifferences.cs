namespace WaConsole.CloudApi.Tests.OpenApi;

/// <param name="Names">Requests it shows in; an ending star stands for any ending.</param>
/// <param name="Fault">As the schema's check words it.</param>
internal sealed record Difference(string Fault, string Why, params string[] Names)
{
    public bool IsAbout(string name) => Names.Any(pattern => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : name == pattern);
}

/// <summary>Where Meta's OpenAPI file of v23.0 and Meta's newer pages differ; the pages win.</summary>
internal static class KnownDifferences
{
    public static IReadOnlyList<Difference> All { get; } =
    [
        new(
            "PropertyRequired #/template.language.policy",
            "Optional on Meta's template page, and `deterministic` is its only value.",
            "template*", "marketing"),
        new("PatternMismatch #/template.components[0].index", "The file's pattern is no pattern for 0, the first button.", "template button*"),
        new(
            "NotInEnumeration #/template.components[0].sub_type",
            "The file knows quick replies, links and catalogues only.",
            "template button *"),
        new(
            "NotInEnumeration #/template.components[0].type",
            "The file knows header, body and button only.",
            "template carousel", "template limited_time_offer", "template tap_target_configuration"),
        new("NotInEnumeration #/interactive.type", "Newer than the file, or for some countries only.", Newer),
        new("NotOneOf #/interactive.action", "Newer than the file, or for some countries only.", Newer),
        new("NotOneOf #/interactive.action", "Meta's page makes the thumbnail optional.", "interactive catalog_message"),
        new("PropertyRequired #/interactive.action", "A part of a message, given raw to see it go out as it is.", "interactive"),
        new("NoAdditionalPropertiesAllowed #/biz_opaque_callback_data", "On Meta's send page; the file has it in webhooks only.", "reply"),
        new("NoAdditionalPropertiesAllowed #/recipient", "Business-scoped user ids came with July 2026.", "text to a BSUID"),
        new("PropertyRequired #/to", "Business-scoped user ids came with July 2026.", "text to a BSUID"),
        new("NoAdditionalPropertiesAllowed #/category", "Direct Send came with June 2026.", "direct send"),
        new("NoAdditionalPropertiesAllowed #/ttl_seconds", "Direct Send came with June 2026.", "direct send"),
        new("NoAdditionalPropertiesAllowed #/direct_send_config", "Direct Send came with June 2026.", "direct send"),
        new("NotOneOf #/", "The file has no pins.", "pin"),
        new("NotOneOf #/", "The file has no body for marking as read, which goes to the address of sending.", "MarkRead"),
        new("NotOneOf #/", "The file names the switch otherwise than Meta's page.", "SetIdentityCheck"),
        new(
            "UriExpected #/webhook_configuration.override_callback_uri",
            "Meta's page takes an override off with an empty text.",
            "SetNumberWebhook off"),
        new("query limit", "Graph's paging, which the file leaves out here.", "ListBlocked", "ListFlows", "ListTemplates"),
        new("query after", "Graph's paging, which the file leaves out here.", "ListBlocked", "ListFlows", "ListTemplates"),
        new("query fields", "Graph's choice of fields, which the file leaves out here.", "GetTemplate", "ListFlows", "ListTemplates"),
        new("query status", "A filter of Meta's template page.", "ListTemplates"),
        new("query category", "A filter of Meta's template page.", "ListTemplates"),
        new("query language", "A filter of Meta's template page.", "ListTemplates"),
        new("query name_or_content", "A filter of Meta's template page.", "ListTemplates"),
        new("query quality_score", "A filter of Meta's template page.", "ListTemplates"),
        new("query hsm_ids", "Deleting many at once is newer than the file.", "DeleteTemplates by id"),
        new(
            "operation",
            "Not in the file: newer, or on another of Meta's pages.",
            "ArchiveTemplates*", "ClaimUsername", "CompareTemplates", "ControlThread*", "DebugToken", "DeleteUsername",
            "ForgetCustomer", "GetTemplateAnalytics", "GetUsername", "ListCatalogues", "ListProducts", "MigrateTemplates",
            "PreviewAuthentication", "SearchTemplateLibrary", "UnpauseTemplate", "UpsertTemplates"),
    ];

    private static string[] Newer =>
    [
        "interactive address_message", "interactive carousel", "interactive cta_url", "interactive location_request_message",
        "interactive order_details", "interactive order_status", "interactive request_contact_info", "interactive voice_call",
    ];

    public static IEnumerable<string> Of(string name) =>
        All.Where(difference => difference.IsAbout(name)).Select(difference => difference.Fault);
}
