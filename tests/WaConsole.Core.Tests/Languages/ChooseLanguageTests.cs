using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Languages;

public sealed class ChooseLanguageTests
{
    [Theory, EveryDatabase]
    public async Task A_choice_is_known_at_once_and_only_what_the_console_knows_is_kept(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var ines = await new InboxRows(host).AgentAsync("Ines");

        Assert.Equal(new LanguageChoice("ar", "Asia/Riyadh"), await ChooseAsync("AR", "Asia/Riyadh"));
        Assert.Equal(new LanguageChoice(null, null), await ChooseAsync("xx", "Mars/Olympus"));
        Assert.Equal(new LanguageChoice("pt-BR", null), await ChooseAsync("pt-BR", ""));
        Assert.Equal(new LanguageChoice(null, null), await ChooseAsync(null, new string('z', 500)));

        async Task<LanguageChoice> ChooseAsync(string? language, string? zone)
        {
            var caller = await host.Get<ReadCaller>().RunAsync(ines.Id, CancellationToken.None);
            await host.Get<ChooseLanguage>().RunAsync(caller!, new LanguageChoice(language, zone), CancellationToken.None);
            var after = await host.Get<ReadCaller>().RunAsync(ines.Id, CancellationToken.None);
            return new LanguageChoice(after!.Language, after.TimeZone);
        }
    }
}
