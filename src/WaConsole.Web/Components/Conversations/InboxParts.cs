namespace WaConsole.Web.Components.Conversations;

internal static class InboxParts
{
    public static void AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<ConversationVerbs>();
        services.AddSingleton<ReplyVerbs>();
        services.AddScoped<KnownWords>();
        services.AddSingleton<LibraryVerbs>();
        services.AddSingleton<Layout.FindAnything>();
    }
}
