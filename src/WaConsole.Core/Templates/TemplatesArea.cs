using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Examples;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Window;

namespace WaConsole.Core.Templates;

internal static class TemplatesArea
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddSingleton<ListTemplates>();
        services.AddSingleton<ReadTemplate>();
        services.AddSingleton<SaveTemplateDraft>();
        services.AddSingleton<ListTemplateDrafts>();
        services.AddSingleton<DeleteTemplateDraft>();
        services.AddSingleton(given => new CheckTemplateDraft(given.GetRequiredService<Store>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new ReadTemplateDraft(given.GetRequiredService<Store>(), given.GetRequiredService<CheckTemplateDraft>()));
        services.AddSingleton<FindTemplates>();
        services.AddSingleton(given => new SyncTemplates(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<ILogger<SyncTemplates>>()));
        services.AddSingleton<ReadTemplateSync>();
        services.AddSingleton<EditTemplate>();
        services.AddSingleton(given => new SubmitTemplate(
            given.GetRequiredService<Store>(),
            given.GetRequiredService<AccountDirectory>(),
            given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<MediaStore>(),
            given.GetRequiredService<CheckTemplateDraft>(),
            given.GetRequiredService<LiveUpdates>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<ILogger<SubmitTemplate>>()));
        services.AddSingleton(given => new DeleteTemplate(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<LiveUpdates>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new UnpauseTemplate(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<LiveUpdates>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new ArchiveTemplates(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<LiveUpdates>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton(given => new ReadCodeWording(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>()));
        services.AddSingleton(given => new SearchWhatsAppLibrary(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>()));
        services.AddSingleton(given => new CreateFromLibrary(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<CheckTemplateDraft>(), given.GetRequiredService<LiveUpdates>(), given.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ReadTemplateInsight>();
        services.AddSingleton<ReadLinkClicks>();
        services.AddSingleton(given => new FetchLinkClicks(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<LiveUpdates>(), given.GetRequiredService<TimeProvider>(), given.GetRequiredService<WhatsAppClock>(), given.GetRequiredService<ILogger<FetchLinkClicks>>()));
        services.AddSingleton(given => new EnableLinkClicks(
            given.GetRequiredService<Store>(), given.GetRequiredService<AccountDirectory>(), given.GetRequiredService<CloudApiClient>(),
            given.GetRequiredService<FetchLinkClicks>(), given.GetRequiredService<ILogger<EnableLinkClicks>>()));
        services.AddHostedService<TemplateSyncWorker>();
        services.AddHostedService<InsightWorker>();
        services.AddHostedService<LinkClicksWorker>();
        return services;
    }
}
