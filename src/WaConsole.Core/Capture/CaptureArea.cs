using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Capture;

internal static class CaptureArea
{
    public static IServiceCollection AddCapture(this IServiceCollection services)
    {
        services.AddSingleton<ListWordings>();
        services.AddSingleton<ListOptInPages>();
        services.AddSingleton<ReadOptInPage>();
        services.AddSingleton<ListStopReviews>();
        services.AddSingleton<ListAskTemplates>();
        services.AddSingleton<ListStopReplies>();
        services.AddSingleton<SaveStopReply>();
        services.AddSingleton(given => new SaveWording(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new PublishWording(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new SaveOptInPage(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new ChangeOptInPage(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new AgreeOnPage(Store(given), given.GetRequiredService<QueueReply>(), Live(given), Clock(given)));
        services.AddSingleton(given => new MakeOptOutToken(Store(given), Lane(given), Secrets(given)));
        services.AddSingleton(given => new LeaveByLink(Store(given), Lane(given), Live(given), Secrets(given), Clock(given)));
        services.AddSingleton(given => new LeaveByPhone(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new DecideStopReview(Store(given), Lane(given), Live(given), Clock(given)));
        return services;
    }

    private static Store Store(IServiceProvider given) => given.GetRequiredService<Store>();

    private static WriterLane Lane(IServiceProvider given) => given.GetRequiredService<WriterLane>();

    private static LiveUpdates Live(IServiceProvider given) => given.GetRequiredService<LiveUpdates>();

    private static ConsentSecrets Secrets(IServiceProvider given) => given.GetRequiredService<ConsentSecrets>();

    private static TimeProvider Clock(IServiceProvider given) => given.GetRequiredService<TimeProvider>();
}
