using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary><paramref name="Language"/> and <paramref name="TimeZone"/> (an IANA name) are null for what the browser says.</summary>
public sealed record LanguageChoice(string? Language, string? TimeZone);

/// <summary>Keeps the language and the time zone a person reads the console in. What the console does not know counts as no choice.</summary>
public sealed class ChooseLanguage(Store store, ReadCaller readCaller, LiveUpdates live)
{
    public async Task RunAsync(Caller caller, LanguageChoice choice, CancellationToken cancellationToken)
    {
        if (caller.AgentId is not { } agentId)
        {
            return;
        }

        var language = ConsoleLanguages.Find(choice.Language);
        var zone = choice.TimeZone is { Length: > 0 and <= Agent.MaxTimeZone } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _) ? name : null;
        await using var db = await store.OpenAsync(cancellationToken);
        await db.Users
            .Where(agent => agent.Id == agentId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(agent => agent.Language, language).SetProperty(agent => agent.TimeZone, zone),
                cancellationToken);
        readCaller.Forget();
        live.Publish(new AgentChanged(agentId));
    }
}
