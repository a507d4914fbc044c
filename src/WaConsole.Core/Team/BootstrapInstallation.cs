using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>What an unattended install starts with. Used on an empty database only; remove it from the configuration afterwards.</summary>
public sealed class BootstrapOptions
{
    public const string Section = "Bootstrap";

    public string? AdminEmail { get; set; }

    public string? AdminPassword { get; set; }

    /// <summary>At least 32 characters.</summary>
    public string? ApiKey { get; set; }
}

internal sealed class BootstrapOptionsValidator : IValidateOptions<BootstrapOptions>
{
    private const int MinKeyLength = 32;

    public ValidateOptionsResult Validate(string? name, BootstrapOptions options)
    {
        List<string> problems = [];
        if (string.IsNullOrEmpty(options.AdminEmail) != string.IsNullOrEmpty(options.AdminPassword))
        {
            problems.Add("Bootstrap:AdminEmail and Bootstrap:AdminPassword belong together: set both or none.");
        }

        if (options.AdminPassword is { Length: > 0 and < Passwords.MinLength })
        {
            problems.Add($"Bootstrap:AdminPassword needs at least {Passwords.MinLength} characters.");
        }

        if (options.ApiKey is { Length: > 0 and < MinKeyLength })
        {
            problems.Add($"Bootstrap:ApiKey needs at least {MinKeyLength} characters.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

/// <summary>Makes the configured first admin and API key when there are none yet.</summary>
public sealed class BootstrapInstallation(Store store, SetUpFirstAdmin setUp, CreateApiKey createApiKey, IOptions<BootstrapOptions> options)
{
    private const string KeyName = "Bootstrap";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var wanted = options.Value;
        if (wanted is { AdminEmail.Length: > 0, AdminPassword.Length: > 0 }
            && await setUp.RunUnattendedAsync(wanted.AdminEmail, wanted.AdminPassword, cancellationToken) is SetUpOutcome.Refused refused)
        {
            throw new InvalidOperationException($"Bootstrap: the admin was not made. {refused.Why}");
        }

        if (wanted.ApiKey is { Length: > 0 } key && !await HasKeysAsync(cancellationToken))
        {
            await createApiKey.AddAsync(Caller.System, new ApiKeyRequest(KeyName, Role.Admin), key, cancellationToken);
        }
    }

    private async Task<bool> HasKeysAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.ApiKeys.AnyAsync(cancellationToken);
    }
}
