using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Team;
using WaConsole.Web.Components;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Languages;

public sealed class ViewerZoneTests : InboxTest
{
    [Fact]
    public async Task Times_are_shown_in_the_zone_a_person_chose_and_without_a_choice_in_the_browsers()
    {
        Assert.Equal("Europe/Berlin", (await NewScreen().ReadAsync()).Zone.Id);

        var caller = await Host.Get<ReadCaller>().RunAsync(Ana.Id, CancellationToken.None);
        await Host.Get<ChooseLanguage>().RunAsync(caller!, new LanguageChoice(null, "Asia/Kolkata"), CancellationToken.None);

        Assert.Equal("Asia/Kolkata", (await NewScreen().ReadAsync()).Zone.Id);
    }

    private ViewerZone NewScreen() => new(JSInterop.JSRuntime, Services.GetRequiredService<CurrentCaller>());
}
