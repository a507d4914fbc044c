using Bunit;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Phone;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests.Phone;

/// <summary>The switches beside the phone do what they say.</summary>
public sealed class PanelTests : PhoneTest
{
    [Theory]
    [InlineData("Online", false)]
    [InlineData("Reads what arrives", false)]
    [InlineData("Blocks the business", true)]
    [InlineData("Stops marketing", true)]
    [InlineData("Is on WhatsApp", false)]
    public async Task A_switch_changes_the_customer(string label, bool on)
    {
        await SwitchAsync(await PageAsync(), label, on);

        var amina = World.FindCustomer(Amina.Id)!;
        Assert.Equal(on, label switch
        {
            "Online" => amina.Online,
            "Reads what arrives" => amina.Reads,
            "Blocks the business" => amina.Blocks,
            "Stops marketing" => amina.MarketingStopped,
            _ => amina.OnWhatsApp,
        });
    }

    [Fact]
    public async Task Stopping_and_resuming_marketing_is_told()
    {
        var page = await PageAsync();
        await SwitchAsync(page, "Stops marketing", true);
        await SwitchAsync(page, "Stops marketing", false);

        var hooks = await Bench.Receiver.UntilAsync(all => all.Count(hook => hook.Field == "user_preferences") == 2);
        Assert.Equal(["stop", "resume"], hooks.Select(hook => hook.Value.GetProperty("user_preferences")[0].GetProperty("value").GetString()));
    }

    [Fact]
    public async Task A_new_number_is_told_and_shown_on_the_phone()
    {
        Bench.Says(Amina, "Hi");
        var page = await PageAsync();

        await ChangeAsync(page, ".panels input[inputmode=tel]", "+49 171 3920077");
        await SubmitAsync(page, ".panels form:contains('New number')");

        Assert.Equal("user_changed_number", (await ArrivedAsync("system")).GetProperty("system").GetProperty("type").GetString());
        page.WaitForAssertion(() => Assert.Contains("You changed your number", page.Find(".thread").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_fault_can_be_switched_on_and_off()
    {
        var page = await PageAsync();
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            await ChangeAsync(page, $".panels .pick:contains('{PhoneText.T("Fault_" + kind)}') select", "always");
            Assert.Contains(World.Faults.InForce, fault => fault.Kind == kind);
        }

        page.WaitForAssertion(() => Assert.Contains($"Faults ({Enum.GetValues<FaultKind>().Length} on)", page.Find(".panels").TextContent, StringComparison.Ordinal));
        await ClickAsync(page, $".panels button:contains('{PhoneText.T("NoFaults")}')");
        Assert.Empty(World.Faults.InForce);
    }

    [Fact]
    public async Task A_template_is_paused_and_the_business_hears_of_it()
    {
        await ChangeAsync(await PageAsync(), ".panels .pick:contains('winter_boots') select", "PAUSED");

        var hooks = await Bench.Receiver.UntilAsync(all => all.Any(hook => hook.Field == "message_template_status_update"));
        Assert.Equal("PAUSED", hooks[^1].Value.GetProperty("event").GetString());
    }

    [Fact]
    public async Task Time_moves_until_just_before_the_window_closes()
    {
        Bench.Says(Amina, "Hi");
        var page = await PageAsync();

        await ClickAsync(page, $".panels button:contains('{PhoneText.T("UntilAlmostClosed")}')");

        var left = World.FindChat(Amina.Id)!.WindowClosesAt!.Value - World.Clock.GetUtcNow();
        Assert.InRange(left, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_business_writes_from_its_phone_app()
    {
        var page = await PageAsync();
        await ChangeAsync(page, $".panels form:contains('{PhoneText.T("EchoLabel")}') input", "From the shop floor");
        await SubmitAsync(page, $".panels form:contains('{PhoneText.T("EchoLabel")}')");

        var hooks = await Bench.Receiver.UntilAsync(all => all.Any(hook => hook.Field == "smb_message_echoes"));
        Assert.Equal("From the shop floor", hooks[^1].Value.GetProperty("message_echoes")[0].GetProperty("text").GetProperty("body").GetString());
        page.WaitForAssertion(() => Assert.Contains("From the shop floor", page.Find(".thread").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_customer_with_a_username_alone_is_made_and_writes_without_a_number()
    {
        var page = await PageAsync();
        await ChangeAsync(page, ".new input[required]", "Noa");
        await ChangeAsync(page, ".new input", "noa.k", 2);
        await ChangeAsync(page, ".new input[type=checkbox]", true);
        await SubmitAsync(page, ".new form");
        var screen = page.FindComponent<PhoneScreen>();
        await screen.InvokeAsync(() => screen.Instance.SendText("Hi"));

        var message = await ArrivedAsync("text");
        Assert.False(message.TryGetProperty("from", out _));
        Assert.NotEmpty(message.GetProperty("from_user_id").GetString()!);
    }

    private static Task SwitchAsync(IRenderedComponent<PhonePage> page, string label, bool on) =>
        ChangeAsync(page, $".panels label.switch:contains('{label}') input", on);
}
