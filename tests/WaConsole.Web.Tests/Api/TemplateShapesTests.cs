using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Web.Api;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.Api;

public sealed class TemplateShapesTests : InboxTest
{
    [Fact]
    public async Task The_components_of_a_template_are_those_WhatsApp_has_word_for_word()
    {
        const string Stored =
            """[{"type":"BODY","text":"*{{1}}* ist dein Code.","add_security_recommendation":false},{"type":"FOOTER","text":"Gilt 5 Minuten.","code_expiration_minutes":5}]""";
        var id = await Rows.TemplateInAsync("code", "de", "APPROVED");
        await Rows.TemplateComponentsAsync(id, "AUTHENTICATION", Stored);

        var detail = await Host.Get<ReadTemplate>().RunAsync(Caller.System, id, CancellationToken.None);

        Assert.Equal(Stored, ApiTemplate.Of(detail!).Components!.Value.GetRawText());
    }
}
