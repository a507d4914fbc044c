namespace WaConsole.Core.Intake;

/// <summary>WhatsApp's check when the callback URL is saved: the challenge comes back only for a verify token of ours.</summary>
public sealed class AnswerHandshake
{
    /// <returns>The challenge to echo, or null: answer 403.</returns>
    public Task<string?> RunAsync(string? mode, string? token, string? challenge, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
