using WaConsole.CloudApi;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Intake;

/// <summary>WhatsApp's check when the callback URL is saved: the challenge comes back only for a verify token of ours.</summary>
public sealed class AnswerHandshake
{
    private readonly AccountDirectory _directory;

    internal AnswerHandshake(AccountDirectory directory)
    {
        _directory = directory;
    }

    /// <returns>The challenge to echo, or null: answer 403.</returns>
    public async Task<string?> RunAsync(string? mode, string? token, string? challenge, CancellationToken cancellationToken)
    {
        var accounts = await _directory.AccountsAsync(cancellationToken);
        return WebhookHandshake.Answer(mode, token, challenge, [.. accounts.Select(account => account.VerifyToken)]);
    }
}
