using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class CodeWordingTests
{
    private static readonly ComposedCode Code = new(CodeDelivery.CopyCode, ExpiresInMinutes: 5);

    [Theory, EveryDatabase]
    public async Task A_sign_in_code_is_shown_in_WhatsApps_own_words_of_its_language(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var read = core.Get<ReadCodeWording>();

        var german = await read.RunAsync(Caller.System, core.AccountId, "de", Code, CancellationToken.None);
        Assert.Equal(new CodeWording("*{{1}}* ist dein Verifizierungscode. Teile ihn zu deiner Sicherheit mit niemandem.", "Dieser Code läuft in 5 Minuten ab.", "Code kopieren"), german);
        Assert.Equal(CodeWording.English(Code), await read.RunAsync(Caller.System, core.AccountId, "en_US", Code, CancellationToken.None));
        var template = new ComposedTemplate { Name = "t", Language = "de", Category = TemplateCategories.Authentication, Code = Code };
        Assert.Equal("*123456* ist dein Verifizierungscode. Teile ihn zu deiner Sicherheit mit niemandem.", PreviewDraft.Run(template, german).Shown.Body);
    }

    [Theory, EveryDatabase]
    public async Task Where_WhatsApp_does_not_answer_or_nothing_may_be_asked_there_are_no_words(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var read = core.Get<ReadCodeWording>();

        Assert.Null(await read.RunAsync(Caller.System, core.AccountId, "de", Code, CancellationToken.None));
        Assert.Null(await read.RunAsync(Caller.System, core.AccountId, "no such", Code, CancellationToken.None));
        Assert.Null(await read.RunAsync(new Caller(2, "Mira", Role.Marketer, new HashSet<long> { 9999 }), core.AccountId, "de", Code, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(
            () => read.RunAsync(new Caller(1, "Ana", Role.Agent, null), core.AccountId, "de", Code, CancellationToken.None));
    }
}
