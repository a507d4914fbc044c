using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Playwright;
using WaConsole.Core.Storage;

namespace WaConsole.EndToEnd;

/// <summary>What a role may not use is refused by the server, whatever the page shows.</summary>
public sealed class RoleTests(Stages stages)
{
    [Fact]
    public async Task A_marketer_does_not_get_a_conversation_by_its_address()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Tove Holm", "+46701234567");
        await console.Simulator.WriteAsync(customer, "A question for agents only");
        var conversation = await console.ConversationWithAsync("46701234567");

        await using var mira = await stages.OpenAsync(console, "mira");
        await mira.Page.GotoAsync($"/inbox/{conversation}");
        await Assertions.Expect(mira.Page.GetByText("Your role", new() { Exact = false }).Or(mira.Page.GetByText("No inbox for your role"))).ToBeVisibleAsync();
        await Assertions.Expect(mira.Page.GetByText("A question for agents only")).ToHaveCountAsync(0);
        await Assertions.Expect(mira.Page.GetByText("Tove Holm")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_marketers_cookie_opens_neither_a_file_nor_the_api_nor_the_phone_nor_the_hub()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        var customer = await console.Simulator.MakeCustomerAsync("Liv Dahl", "+46701234568");
        await console.Simulator.SendAsync(customer, new { type = "image" });
        var conversation = await console.ConversationWithAsync("46701234568");
        var file = await console.MediaAddressAsync(conversation);

        await using var ana = await stages.OpenAsync(console, "ana");
        Assert.Equal(HttpStatusCode.OK, await ana.StatusOfAsync(file));

        await using var mira = await stages.OpenAsync(console, "mira");
        Assert.Contains(await mira.StatusOfAsync(file), Refusals);
        Assert.Contains(await mira.StatusOfAsync("/api/v1/conversations"), Refusals);
        Assert.Contains(await mira.StatusOfAsync("/api/v1/intake"), Refusals);
        Assert.False(await HearsAsync(console, mira));
        Assert.True(await HearsAsync(console, ana));
    }

    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound];

    /// <summary>Whether the hub keeps a connection with this person's cookie and tells it of a new message.</summary>
    private static async Task<bool> HearsAsync(RunningConsole console, Screen person)
    {
        var cookies = new CookieContainer();
        foreach (var cookie in await person.CookiesAsync())
        {
            cookies.Add(console.Address, new System.Net.Cookie(cookie.Name, cookie.Value));
        }

        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(console.Address, "hubs/live"), options => options.Cookies = cookies)
            .Build();
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            heard.TrySetResult(false);
            return Task.CompletedTask;
        };
        hub.On<string, string>("ConversationChanged", (_, _) => heard.TrySetResult(true));
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.On("Resync", () =>
        {
            listens.TrySetResult();
        });
        try
        {
            await hub.StartAsync();
        }
        catch (HttpRequestException)
        {
            return false;
        }

        // The hub answers before it knows whom it tells what: it asks to read anew once it does, or closes.
        await Task.WhenAny(listens.Task, heard.Task);
        var customer = await console.Simulator.MakeCustomerAsync("Hub Listener", $"+4670{Random.Shared.Next(1_000_000, 9_999_999)}");
        await console.Simulator.WriteAsync(customer, "Anybody there?");
        return await heard.Task;
    }
}
