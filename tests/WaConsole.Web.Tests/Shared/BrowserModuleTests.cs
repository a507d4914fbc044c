using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Tests.Shared;

public sealed class BrowserModuleTests : BunitContext
{
    [Fact]
    public async Task What_a_module_is_given_is_written_out_by_options_that_all_circuits_share()
    {
        var browser = JSInterop.SetupModule(BrowserModule.PathOf("Sample"));
        browser.Mode = JSRuntimeMode.Loose;
        await using var module = new BrowserModule(JSInterop.JSRuntime, "Sample");

        await module.AttachAsync(new ElementReference("root"), this, new { Words = new { now = "now" }, count = 3 });
        await module.TellAsync("show", new ElementReference("root"), 3, true, "three", null, new[] { new { title = "Ana" } });

        var attached = browser.VerifyInvoke("attach").Arguments;
        Assert.Equal("""{"words":{"now":"now"},"count":3}""", Assert.IsType<JsonElement>(attached[2]).GetRawText());
        var shown = browser.VerifyInvoke("show").Arguments;
        Assert.IsType<ElementReference>(shown[0]);
        Assert.Equal([3, true, "three", null], shown.Skip(1).Take(4));
        Assert.Equal("""[{"title":"Ana"}]""", Assert.IsType<JsonElement>(shown[5]).GetRawText());
    }
}
