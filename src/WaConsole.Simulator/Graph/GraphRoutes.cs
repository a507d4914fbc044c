using WaConsole.Simulator.Graph.Account;
using WaConsole.Simulator.Graph.Flows;
using WaConsole.Simulator.Graph.Groups;
using WaConsole.Simulator.Graph.Numbers;
using WaConsole.Simulator.Graph.Templates;

namespace WaConsole.Simulator.Graph;

/// <summary>The routes of the Graph API that the simulator knows.</summary>
internal static class GraphRoutes
{
    private const string Version = "/{version:regex(^v\\d+\\.\\d+$)}";

    public static void MapGraph(this IEndpointRouteBuilder app)
    {
        app.MapPost(Version + "/{id}/messages", MessagesRoute.PostAsync);
        app.MapPost(Version + "/{id}/marketing_messages", MessagesRoute.PostMarketingAsync);
        var messaging = app.MapGroup(Version).AddEndpointFilter(GraphAccess.Messaging);
        messaging.MapPost("/{id}/media", MediaRoutes.UploadAsync).DisableAntiforgery();
        messaging.MapPost("/{id}/thread_control", ThreadControlRoute.Post);
        messaging.MapGet("/{id}/message_history", MessageHistoryRoutes.List);
        messaging.MapGet("/{id}/events", MessageHistoryRoutes.Events);
        app.MapGet("/whatsapp_business/attachments/", MediaRoutes.Download).AddEndpointFilter(GraphAccess.Messaging);

        app.MapGet("/qr/{file}", QrImages.Get);

        var graph = app.MapGroup(Version).AddEndpointFilter(GraphAccess.Management);
        MapAccount(graph);
        MapNumbers(graph);
        MapTemplates(graph);
        MapGroups(graph);
        MapFlows(graph);
        graph.MapPost("/{app}/uploads", UploadRoutes.Open);
        graph.MapGet("/{id}", ObjectRoutes.Get);
        graph.MapPost("/{id}", ObjectRoutes.PostAsync).DisableAntiforgery();
        graph.MapDelete("/{id}", ObjectRoutes.Delete);
        graph.MapFallback("/{**path}", (string? path) => GraphAccess.NoSuchObject(path ?? ""));

        // These live on api.facebook.com, without a version.
        var api = app.MapGroup("").AddEndpointFilter(GraphAccess.Management);
        api.MapPost("/{id}/message_templates/archive", TemplateArchiveRoutes.Archive);
        api.MapPost("/{id}/message_templates/unarchive", TemplateArchiveRoutes.Unarchive);
    }

    private static void MapAccount(RouteGroupBuilder graph)
    {
        graph.MapGet("/debug_token", AccountRoutes.DebugToken);
        graph.MapGet("/{id}/phone_numbers", AccountRoutes.Numbers);
        graph.MapPost("/{id}/phone_numbers", AccountRoutes.AddNumber);
        graph.MapGet("/{id}/subscribed_apps", SubscriptionRoutes.List);
        graph.MapPost("/{id}/subscribed_apps", SubscriptionRoutes.SubscribeAsync).DisableAntiforgery();
        graph.MapDelete("/{id}/subscribed_apps", SubscriptionRoutes.Unsubscribe);
        graph.MapGet("/{id}/subscriptions", SubscriptionRoutes.Fields);
        graph.MapGet("/{id}/product_catalogs", CatalogRoutes.Catalogs);
        graph.MapPost("/{id}/product_catalogs", CatalogRoutes.Connect);
        graph.MapDelete("/{id}/product_catalogs", CatalogRoutes.Disconnect);
        graph.MapGet("/{id}/products", CatalogRoutes.Products);
        graph.MapPost("/{id}/products", CatalogRoutes.AddProduct);
    }

    private static void MapNumbers(RouteGroupBuilder graph)
    {
        graph.MapPost("/{id}/request_code", RegistrationRoutes.RequestCode);
        graph.MapPost("/{id}/verify_code", RegistrationRoutes.VerifyCode);
        graph.MapPost("/{id}/register", RegistrationRoutes.Register);
        graph.MapPost("/{id}/deregister", RegistrationRoutes.Deregister);
        graph.MapGet("/{id}/settings", NumberSettingsRoutes.Get);
        graph.MapPost("/{id}/settings", NumberSettingsRoutes.Post);
        graph.MapGet("/{id}/whatsapp_business_profile", ProfileRoutes.Get);
        graph.MapPost("/{id}/whatsapp_business_profile", ProfileRoutes.Post);
        graph.MapGet("/{id}/message_qrdls", QrLinkRoutes.List);
        graph.MapPost("/{id}/message_qrdls", QrLinkRoutes.Save);
        graph.MapGet("/{id}/message_qrdls/{code}", QrLinkRoutes.Get);
        graph.MapDelete("/{id}/message_qrdls/{code}", QrLinkRoutes.Delete);
        graph.MapGet("/{id}/block_users", BlockRoutes.List);
        graph.MapPost("/{id}/block_users", BlockRoutes.Block);
        graph.MapMethods("/{id}/block_users", ["DELETE"], BlockRoutes.Unblock);
        graph.MapGet("/{id}/conversational_automation", AutomationRoutes.Get);
        graph.MapPost("/{id}/conversational_automation", AutomationRoutes.Post);
        graph.MapGet("/{id}/whatsapp_commerce_settings", CommerceRoutes.Get);
        graph.MapPost("/{id}/whatsapp_commerce_settings", CommerceRoutes.Post);
        graph.MapPost("/{id}/official_business_account", NumberSettingsRoutes.AskForBadge);
        graph.MapGet("/{id}/username", UsernameRoutes.Get);
        graph.MapPost("/{id}/username", UsernameRoutes.Post);
        graph.MapDelete("/{id}/username", UsernameRoutes.Delete);
        graph.MapGet("/{id}/username_suggestions", UsernameRoutes.Suggest);
        graph.MapDelete("/{id}/contact_book", NumberSettingsRoutes.ForgetContact);
        graph.MapPost("/{id}/smb_app_data", NumberSettingsRoutes.Sync);
        graph.MapGet("/{id}/call_permissions", NumberSettingsRoutes.CallPermissions);
    }

    private static void MapFlows(RouteGroupBuilder graph)
    {
        graph.MapGet("/{id}/flows", FlowRoutes.List);
        graph.MapPost("/{id}/flows", FlowRoutes.Create);
        graph.MapPost("/{id}/assets", FlowRoutes.UploadAsync).DisableAntiforgery();
        graph.MapPost("/{id}/publish", FlowRoutes.Publish);
        graph.MapPost("/{id}/deprecate", FlowRoutes.Deprecate);
    }

    private static void MapGroups(RouteGroupBuilder graph)
    {
        graph.MapGet("/{id}/groups", GroupRoutes.List);
        graph.MapPost("/{id}/groups", GroupRoutes.Create);
        graph.MapPost("/{id}/invite_link", GroupRoutes.ResetLink);
        graph.MapMethods("/{id}/participants", ["DELETE"], GroupRoutes.Remove);
        graph.MapGet("/{id}/join_requests", JoinRequestRoutes.List);
        graph.MapPost("/{id}/join_requests", JoinRequestRoutes.Approve);
        graph.MapMethods("/{id}/join_requests", ["DELETE"], JoinRequestRoutes.Reject);
    }

    private static void MapTemplates(RouteGroupBuilder graph)
    {
        graph.MapGet("/{id}/message_templates", TemplateListRoute.List);
        graph.MapPost("/{id}/message_templates", TemplateCreateRoute.Create);
        graph.MapDelete("/{id}/message_templates", TemplateDeleteRoute.Delete);
        graph.MapPost("/{id}/upsert_message_templates", TemplateCreateRoute.Upsert);
        graph.MapGet("/{id}/message_template_previews", TemplatePreviewRoute.Get);
        graph.MapGet("/message_template_library", TemplateLibraryRoute.Get);
        graph.MapPost("/{id}/unpause", TemplateEditRoute.Unpause);
        graph.MapGet("/{id}/compare", TemplateAnalyticsRoutes.Compare);
        graph.MapGet("/{id}/template_analytics", TemplateAnalyticsRoutes.Get);
        graph.MapPost("/{id}/message_templates/archive", TemplateArchiveRoutes.Archive);
        graph.MapPost("/{id}/message_templates/unarchive", TemplateArchiveRoutes.Unarchive);
    }
}
