using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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
            .AddErrorDescriber<AgentIdentityErrors>()
            .AddDefaultTokenProviders();
        services.AddSingleton<KeepPreferences>();
        services.AddSingleton<ChangeAvailability>();
        services.AddSingleton<ChooseLanguage>();
        services.AddSingleton<FindApiKey>();
        services.AddSingleton<DemoMode>();
        services.AddSingleton<ReadCaller>();
        services.AddSingleton<Presence>();
        services.AddSingleton<WhoIsHere>();
        services.AddSingleton<SeedDemoAccounts>();
        services.AddSingleton<ListTeam>();
        services.AddSingleton<ChangeAgent>();
        services.AddSingleton<InviteAgent>();
        services.AddSingleton<AcceptInvitation>();
        services.AddSingleton<ResetPassword>();
        services.AddSingleton<RecordSignIn>();
        services.AddSingleton<SetUpFirstAdmin>();
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<ListApiKeys>();
        services.AddSingleton<RevokeApiKey>();
        services.AddOptions<BootstrapOptions>().BindConfiguration(BootstrapOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BootstrapOptions>, BootstrapOptionsValidator>();
        services.AddSingleton<BootstrapInstallation>();
        return services;
    }
}
