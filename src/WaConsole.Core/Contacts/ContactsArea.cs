using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Contacts;

internal static class ContactsArea
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        return services;
    }
}
