using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Conversations;

internal static class ConversationsArea
{
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ListInbox>();
        services.AddSingleton<ReadConversation>();
        services.AddSingleton<ReadThread>();
        services.AddSingleton<AssignConversation>();
        services.AddSingleton<ChangeStatus>();
        services.AddSingleton<MarkConversationRead>();
        services.AddSingleton<KeepDraft>();
        services.AddSingleton<ListAssignees>();
        services.AddSingleton<SendReply>();
        services.AddSingleton<SendToContact>();
        services.AddSingleton<SendAgain>();
        services.AddSingleton<ShowTyping>();
        return services;
    }
}
