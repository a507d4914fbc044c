using Microsoft.Extensions.DependencyInjection;
using WaConsole.CloudApi;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Catalogue;

internal static class CatalogueArea
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services) => services.AddSingleton(given => new ReadCatalogue(
        given.GetRequiredService<AccountDirectory>(),
        given.GetRequiredService<CloudApiClient>(),
        given.GetRequiredService<TimeProvider>()));
}
