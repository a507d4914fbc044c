using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.CannedReplies;

internal static class CannedRepliesArea
{
    public static IServiceCollection AddCannedReplies(this IServiceCollection services)
    {
        services.AddSingleton<ListCannedReplies>();
        services.AddSingleton<SaveCannedReply>();
        services.AddSingleton<DeleteCannedReply>();
        services.AddSingleton<FillCannedReply>();
        services.AddSingleton<ReadContactWords>();
        return services;
    }
}
