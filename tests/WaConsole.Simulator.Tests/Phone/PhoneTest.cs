using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Simulator.Phone;
using WaConsole.Simulator.Phone.Bubbles;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests.Phone;

/// <summary>The customer's phone drawn on a running simulator. Only the browser is stood in for.</summary>
public abstract class PhoneTest : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected Bench Bench { get; private set; } = null!;

    private protected SimulatedWhatsApp World => Bench.World;

    private protected Customer Amina => Bench.Amina;

    public async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Bench = await Bench.StartAsync();
        Services.AddSingleton(World);
        JSInterop.Mode = JSRuntimeMode.Loose;
        var module = JSInterop.SetupModule(PhoneScreen.Module);
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<string>("timeZone").SetResult("Europe/Berlin");
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsyncCore();
        await Bench.DisposeAsync();
    }

    /// <summary>The business sends this; the line that arrives on the phone. Opens the window first when it is closed.</summary>
    private protected async Task<ChatLine> SentAsync(string type, string value, Customer? to = null)
    {
        to ??= Amina;
        if (World.FindChat(to.Id)!.WindowClosesAt is null)
        {
            Bench.Says(to, "Hello?");
        }

        var answer = await Bench.SendAsync(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["to"] = "+" + to.Phone,
            ["type"] = type,
            [type] = JsonNode.Parse(value),
        });
        Assert.True(answer.Code is null, answer.Body.ToString());
        await Bench.Receiver.UntilAsync(all => all.Any(hook =>
            hook.StatusWord is "delivered" or "read" && hook.Status!.Value.GetProperty("id").GetString() == answer.Wamid));
        return World.FindChat(to.Id)!.Lines.First(line => line.Id == answer.Wamid);
    }

    /// <summary>A template of these components as if approved, sent with these.</summary>
    private protected Task<ChatLine> SentTemplateAsync(string definition, string components, string category = "MARKETING")
    {
        World.PutTemplate(new SimulatedTemplate
        {
            Id = "739000000000001",
            Name = "tried",
            Language = "en",
            Category = category,
            Status = "APPROVED",
            Components = JsonDocument.Parse(definition).RootElement,
        });
        return SentAsync("template", $$"""{"name":"tried","language":{"code":"en"},"components":{{components}}}""");
    }

    private protected IRenderedComponent<PhoneBubble> Bubble(ChatLine line, Action<ComponentParameterCollectionBuilder<PhoneBubble>>? more = null) =>
        Render<PhoneBubble>(parameters =>
        {
            parameters.Add(bubble => bubble.Line, line).Add(bubble => bubble.Zone, TimeZoneInfo.Utc)
                .Add(bubble => bubble.Now, World.Clock.GetUtcNow()).Add(bubble => bubble.CanAct, true);
            more?.Invoke(parameters);
        });

    private protected async Task<IRenderedComponent<PhonePage>> PageAsync()
    {
        var page = Render<PhonePage>();
        await ClickAsync(page, $".person:contains('{Amina.Name}')");
        page.WaitForState(() => page.Find(".handset h2").TextContent.Contains(Amina.Name, StringComparison.Ordinal), Patience);
        return page;
    }

    // The page draws anew whenever the world changes, so finding and acting are one step of its own dispatcher.
    private protected static Task ClickAsync(IRenderedComponent<PhonePage> page, string selector) =>
        ActAsync(page, selector, 0, element => element.Click());

    private protected static Task ChangeAsync(IRenderedComponent<PhonePage> page, string selector, object value, int index = 0) =>
        ActAsync(page, selector, index, element => element.Change(value));

    private protected static Task SubmitAsync(IRenderedComponent<PhonePage> page, string selector) =>
        ActAsync(page, selector, 0, element => element.Submit());

    private static Task ActAsync(IRenderedComponent<PhonePage> page, string selector, int index, Action<AngleSharp.Dom.IElement> act)
    {
        page.WaitForState(() => page.FindAll(selector).Count > index, Patience);
        return page.InvokeAsync(() => act(page.FindAll(selector)[index]));
    }

    /// <summary>The newest message of this type the business got.</summary>
    private protected async Task<JsonElement> ArrivedAsync(string type) =>
        (await Bench.Receiver.UntilAsync(all => all.Any(hook => TypeOf(hook) == type))).Last(hook => TypeOf(hook) == type).Message!.Value;

    private protected static IReadOnlyList<string> Words(AngleSharp.Dom.IElement element) =>
        [.. element.TextContent.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string? TypeOf(Received hook) => hook.Message?.GetProperty("type").GetString();
}
