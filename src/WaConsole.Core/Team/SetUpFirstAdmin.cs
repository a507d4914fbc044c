using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

public sealed record FirstAdmin(string Code, string Email, string Name, string Password);

public sealed class FirstAdminValidator : AbstractValidator<FirstAdmin>
{
    public FirstAdminValidator()
    {
        RuleFor(request => request.Email).PersonEmail();
        RuleFor(request => request.Name).PersonName();
        RuleFor(request => request.Password).Password();
    }
}

public abstract record SetUpOutcome
{
    private SetUpOutcome()
    {
    }

    public sealed record Done(string Email) : SetUpOutcome;

    public sealed record WrongCode : SetUpOutcome;

    /// <summary>There is an admin already: set-up is over.</summary>
    public sealed record Closed : SetUpOutcome;

    public sealed record Refused(string Why) : SetUpOutcome;
}

/// <summary>
/// Makes the first admin. Whoever reaches an empty console first could take it, so the page wants a code that only the
/// start-up output shows. The code changes at every start and after five wrong tries.
/// </summary>
public sealed class SetUpFirstAdmin(Store store, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int CodeLength = 8;
    private const int MaxWrong = 5;

    /// <summary>Without letters and digits that look alike.</summary>
    private const string CodeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static readonly FirstAdminValidator Validator = new();
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private int _wrong;

    /// <summary>The code of this start. Print it, never log it.</summary>
    public string Code { get; private set; } = NewCode();

    /// <summary>Raised when too many wrong tries made a new code.</summary>
    public event Action? CodeChanged;

    /// <summary>True while nobody but demo accounts could administer this installation.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return !await db.Users.AnyAsync(agent => agent.Role == Role.Admin && !agent.IsDemo, cancellationToken);
    }

    public async Task<SetUpOutcome> RunAsync(FirstAdmin request, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!await IsNeededAsync(cancellationToken))
            {
                return new SetUpOutcome.Closed();
            }

            return CodeMatches(request.Code) ? await CreateAsync(request, cancellationToken) : CountWrong();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>For unattended installs: what configuration says needs no code. Does nothing when there is an admin.</summary>
    public async Task<SetUpOutcome> RunUnattendedAsync(string email, string password, CancellationToken cancellationToken) =>
        await RunAsync(new FirstAdmin(Code, email, "Admin", password), cancellationToken);

    private async Task<SetUpOutcome> CreateAsync(FirstAdmin request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wanted = request with { Email = request.Email.Trim(), Name = request.Name.Trim() };
        if (Validator.Validate(wanted).Problem() is { } problem)
        {
            return new SetUpOutcome.Refused(problem);
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        var created = await users.CreateAsync(NewAgent.Of(wanted.Email, wanted.Name, Role.Admin, clock), wanted.Password);
        return created.Succeeded
            ? new SetUpOutcome.Done(wanted.Email)
            : new SetUpOutcome.Refused(string.Join(" ", created.Errors.Select(error => error.Description)));
    }

    private bool CodeMatches(string code) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant()),
        Encoding.UTF8.GetBytes(Code));

    private SetUpOutcome.WrongCode CountWrong()
    {
        if (++_wrong >= MaxWrong)
        {
            _wrong = 0;
            Code = NewCode();
            CodeChanged?.Invoke();
        }

        return new SetUpOutcome.WrongCode();
    }

    private static string NewCode() => RandomNumberGenerator.GetString(CodeLetters, CodeLength);
}
