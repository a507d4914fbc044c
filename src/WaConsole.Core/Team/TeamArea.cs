using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

internal static class TeamArea
{
    public static IServiceCollection AddTeam(this IServiceCollection services)
    {
        services.AddIdentityCore<Agent>(options =>
            {
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = 10;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireDigit = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddEntityFrameworkStores<WaConsoleDb>()
            .AddSignInManager<AgentSignInManager>()
            .AddDefaultTokenProviders();
        services.AddSingleton<KeepPreferences>();
        services.AddSingleton<FindApiKey>();
        services.AddSingleton<DemoMode>();
        services.AddSingleton<ReadCaller>();
        services.AddSingleton<SeedDemoAccounts>();
        return services;
    }
}
