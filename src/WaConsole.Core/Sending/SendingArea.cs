using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

internal static class SendingArea
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);

    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.AddSingleton<PortfolioUse>();
        services.AddSingleton(given => new SendGate(
            given.GetRequiredService<WhatsAppClock>(), given.GetRequiredService<PortfolioUse>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new AskGate(given.GetRequiredService<Store>(), given.GetRequiredService<SendGate>()));
        services.AddSingleton<ReadGateSettings>();
        services.AddSingleton<SaveGateSettings>();
        services.AddSingleton<ForgetToldWorker>();
        services.AddHostedService(given => given.GetRequiredService<ForgetToldWorker>());
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<SendPace>();
        services.AddSingleton<NodeLife>();
        services.AddSingleton<RecoverEarlierLives>();
        services.AddSingleton<PaceLease>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<TakePlace>();
        services.AddSingleton<UploadForSending>();
        services.AddSingleton<WriteSendResults>();
        services.AddSingleton<RecordSendResults>();
        services.AddSingleton<SweepOutbox>();
        services.AddSingleton<StopSending>();
        services.AddSingleton<ActOnFailure>();
        services.AddSingleton<AskToLeave>();
        services.AddSingleton<BeginSending>();
        services.AddSingleton<PrepareFile>();
        services.AddSingleton<SendReady>();
        services.AddSingleton<ReadReceipts>();
        services.AddSingleton(given => new ResumeSending(
            given.GetRequiredService<Store>(), given.GetRequiredService<OutboxSignal>(), given.GetRequiredService<LiveUpdates>()));
        // A send in flight may take its 30 seconds, and its result must reach the database.
        services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = host.ShutdownTimeout > StopPatience ? host.ShutdownTimeout : StopPatience);
        services.AddSingleton<OfferAgain>();
        services.AddHostedService<OfferAgainWorker>();
        services.AddHostedService<SendWorker>();
        services.AddHostedService<TellRead>();
        return services;
    }
}
