using Microsoft.Extensions.DependencyInjection;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

internal static class ConversationsArea
{
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ListInbox>();
        services.AddSingleton<ReadInboxRows>();
        services.AddSingleton<CountTabs>();
        services.AddSingleton<ReadConversation>();
        services.AddSingleton<ReadThread>();
        services.AddSingleton<ReadRawMessage>();
        services.AddSingleton<AssignConversation>();
        services.AddSingleton(given => new ChangeStatus(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<WhatsAppClock>()));
        services.AddSingleton(given => new LabelConversation(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<WhatsAppClock>()));
        services.AddSingleton(given => new BlockCustomer(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<WhatsAppClock>()));
        services.AddSingleton(given => new WriteNote(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<WhatsAppClock>()));
        services.AddSingleton(given => new ChangeParticipant(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MarkConversationRead>();
        services.AddSingleton<ActOnMany>();
        services.AddSingleton(given => new UndoMany(
            given.GetRequiredService<Store>(), given.GetRequiredService<WriterLane>(), given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(), given.GetRequiredService<WhatsAppClock>(), given.GetRequiredService<LabelConversation>()));
        services.AddSingleton<KeepDraft>();
        services.AddSingleton<ListAssignees>();
        services.AddSingleton<ServiceCounts>();
        services.AddSingleton<QueueReply>();
        services.AddSingleton(given => new SendReply(given.GetRequiredService<Store>(), given.GetRequiredService<QueueReply>()));
        services.AddSingleton(given => new SendToContact(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<QueueReply>(),
            given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new SendToMany(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<QueueReply>(),
            given.GetRequiredService<SendToContact>()));
        services.AddSingleton<SendAgain>();
        services.AddSingleton<EstimatePrice>();
        services.AddSingleton(given => new RecordNotice(
            given.GetRequiredService<Store>(), given.GetRequiredService<WriterLane>(), given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new ForwardMessage(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<OpenMedia>(),
            given.GetRequiredService<StoreUpload>(),
            given.GetRequiredService<SendReply>(),
            given.GetRequiredService<DropUpload>(),
            given.GetRequiredService<UndoSend>()));
        services.AddSingleton(given => new ReactToMessage(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<SendGate>(),
            given.GetRequiredService<TakePlace>(),
            given.GetRequiredService<HandOver>(),
            given.GetRequiredService<ActOnFailure>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<WhatsAppClock>()));
        services.AddSingleton<ReadMessageStory>();
        services.AddSingleton<ReadPanelFacts>();
        services.AddSingleton<ReadLastAnswer>();
        services.AddSingleton<ListViews>();
        services.AddSingleton<SaveView>();
        services.AddSingleton<DeleteView>();
        services.AddSingleton<AssignInTurn>();
        services.AddHostedService<AssignInTurnWorker>();
        services.AddSingleton<AnswerAway>();
        services.AddHostedService<AnswerAwayWorker>();
        services.AddSingleton<DeliverWhenAnswered>();
        services.AddSingleton<FollowWithFile>();
        services.AddSingleton<DeliverDrafts>();
        services.AddHostedService<DeliverDraftsWorker>();
        services.AddSingleton<TellWaiting>();
        services.AddHostedService<TellWaitingWorker>();
        services.AddSingleton<TellClosing>();
        services.AddHostedService<TellClosingWorker>();
        services.AddSingleton<WakeSnoozed>();
        services.AddHostedService<WakeSnoozedWorker>();
        services.AddSingleton(given => new StartConversation(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<WhatsAppClock>()));
        services.AddSingleton(given => new UndoSend(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<WriterLane>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ShowTyping>();
        return services;
    }
}
