using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

internal static class ContactsArea
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.AddSingleton<ListContacts>();
        services.AddSingleton<ReadContact>();
        services.AddSingleton<ListContactFields>();
        services.AddSingleton<SaveContactField>();
        services.AddSingleton<WriteContactNote>();
        services.AddSingleton<ExportContacts>();
        services.AddSingleton<ListContactExports>();
        services.AddSingleton(given => new LabelContact(Store(given), Lane(given), Live(given)));
        services.AddSingleton(given => new EditContact(Store(given), Lane(given), Live(given)));
        services.AddSingleton(given => new DeleteContactField(Store(given), Lane(given), Live(given)));
        services.AddSingleton(given => new AddContact(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new MergePeople(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton(given => new UndoMerge(Store(given), Lane(given), Live(given), Clock(given)));
        services.AddSingleton<ForgetMergesWorker>();
        services.AddHostedService(given => given.GetRequiredService<ForgetMergesWorker>());
        return services;
    }

    private static Store Store(IServiceProvider given) => given.GetRequiredService<Store>();

    private static WriterLane Lane(IServiceProvider given) => given.GetRequiredService<WriterLane>();

    private static LiveUpdates Live(IServiceProvider given) => given.GetRequiredService<LiveUpdates>();

    private static TimeProvider Clock(IServiceProvider given) => given.GetRequiredService<TimeProvider>();
}
