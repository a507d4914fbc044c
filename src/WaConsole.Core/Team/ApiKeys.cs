using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

public sealed record ApiKeyRequest(string Name, Role Role);

public sealed class ApiKeyRequestValidator : AbstractValidator<ApiKeyRequest>
{
    private const int MaxName = 100;

    public ApiKeyRequestValidator()
    {
        RuleFor(request => request.Name)
            .NotEmpty().WithMessage(_ => Texts.Team.Of("KeyNameNeeded"))
            .MaximumLength(MaxName).WithMessage(_ => Texts.Team.Of("NameTooLong", MaxName));
        RuleFor(request => request.Role).IsInEnum().WithMessage(_ => Texts.Team.Of("ChooseRole"));
    }
}

public abstract record CreateApiKeyOutcome
{
    private CreateApiKeyOutcome()
    {
    }

    /// <summary><paramref name="Key"/> is shown once: only its hash is kept.</summary>
    public sealed record Created(long Id, string Key) : CreateApiKeyOutcome;

    public sealed record Refused(string Why) : CreateApiKeyOutcome;
}

/// <summary>Makes a key for a program that uses the REST interface or the live hub.</summary>
public sealed class CreateApiKey(Store store, TimeProvider clock)
{
    public const string KeyPrefix = "wac_";

    private const int ShownPrefix = 10;
    private static readonly ApiKeyRequestValidator Validator = new();

    public async Task<CreateApiKeyOutcome> RunAsync(Caller caller, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var key = KeyPrefix + Secrets.New();
        return await AddAsync(caller, request with { Name = request.Name.Trim() }, key, cancellationToken);
    }

    /// <summary>Keeps a key somebody else made, for unattended installs.</summary>
    internal async Task<CreateApiKeyOutcome> AddAsync(Caller caller, ApiKeyRequest request, string key, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (Validator.Validate(request).Problem() is { } problem)
        {
            return new CreateApiKeyOutcome.Refused(problem);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var made = new ApiKey
        {
            Name = request.Name,
            KeyHash = Secrets.HashOf(key),
            Prefix = key[..Math.Min(ShownPrefix, key.Length / 2)],
            Role = request.Role,
            CreatedById = caller.AgentId,
            CreatedAtUtc = clock.GetUtcNow().UtcDateTime,
        };
        db.ApiKeys.Add(made);
        await db.SaveChangesAsync(cancellationToken);
        return new CreateApiKeyOutcome.Created(made.Id, key);
    }
}
