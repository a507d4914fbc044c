using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.FaultMatrix;

/// <summary>A customer, their conversation open on an agent's screen, and notes of what was seen. One for each case.</summary>
internal sealed partial class FaultStage(RunningConsole console, Screen agent, Screen admin, string name, string phone)
{
    private readonly List<Seen> _seen = [];
    private string _customer = "";
    private string _conversation = "";

    public IReadOnlyList<Seen> Notes => _seen;

    public SimulatorControl Simulator => console.Simulator;

    /// <summary>The customer writes once, and the agent opens the conversation.</summary>
    public async Task BeginAsync()
    {
        _customer = await Simulator.MakeCustomerAsync(name, "+" + phone);
        await ChangeCustomerAsync(new { reads = false });
        await Simulator.WriteAsync(_customer, "Good morning");
        _conversation = await console.ConversationWithAsync(phone);

        // Rows do not come under the pointer.
        await agent.Page.Mouse.MoveAsync(900, 400);
        await agent.OpenAsync(name);
        await Assertions.Expect(agent.Bubble("Good morning")).ToBeVisibleAsync();
        await RestAsync();
    }

    public Task ChangeCustomerAsync(object change) => Simulator.ChangeAsync(_customer, change);

    public Task FaultAsync(string kind, int? next = 1, int milliseconds = 1000, int code = 131026) =>
        Simulator.SetFaultAsync(new { kind, next, milliseconds, code });

    public Task StopMarketingAsync() => Simulator.ChooseMarketingAsync(_customer, "stop");

    /// <summary>The chat is another app's from now on.</summary>
    public Task HandOverAsync() => Simulator.ChangeOwnerAsync(_customer, "ai_agent");

    public Task WritesAsync(string text) => Simulator.WriteAsync(_customer, text);

    public Task ReplyAsync(string text) => agent.ReplyAsync(text);

    /// <summary>The customer agreed to offers.</summary>
    public Task OptInAsync() => OptIn.RecordAsync(console.Api, phone);

    /// <summary>Sends a template by the API; returns the sentence of a refusal.</summary>
    public async Task<string?> SendTemplateAsync(string template, object? parameters = null)
    {
        using var answer = await console.Api.PostAsJsonAsync(
            $"conversations/{_conversation}/messages", new { type = "template", name = template, language = "en", parameters });
        return answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();
    }

    /// <summary>Waits until our message has this state, everything WhatsApp tells has been heard, and notes what the agent reads.</summary>
    public async Task NoteAsync(string when, string text, string state)
    {
        await Until.TrueAsync(async () => (await StateAsync(text)) == state, $"{name}: {text} is {state}");
        await RestAsync();
        await NoteNowAsync(when, text, state);
    }

    /// <summary>The same while webhooks are held back.</summary>
    public async Task NoteHeldAsync(string when, string text, string state)
    {
        await Until.TrueAsync(async () => (await StateAsync(text)) == state, $"{name}: {text} is {state}");
        await NoteNowAsync(when, text, state);
    }

    /// <summary>Waits until each of these texts of the customer is on the screen, and notes their order and how often each is kept.</summary>
    public async Task NoteReceivedAsync(string when, params string[] texts)
    {
        foreach (var text in texts)
        {
            await Assertions.Expect(agent.Bubble(text).First).ToBeVisibleAsync();
        }

        await RestAsync();
        var kept = (await console.MessagesAsync(_conversation)).Select(message => message.GetProperty("text").GetString()).ToList();
        var times = texts.Select(text => kept.Count(one => one == text)).Distinct().ToList();
        List<string> shown = [];
        foreach (var bubble in await agent.Thread.GetByRole(AriaRole.Article).AllInnerTextsAsync())
        {
            shown.AddRange(texts.Where(text => bubble.Contains(text, StringComparison.Ordinal)));
        }

        _seen.Add(new Seen(when, "kept " + string.Join(" and ", times.Select(Times)), string.Join(" · ", shown)));
    }

    /// <summary>Notes which of the customer's messages are there while others are still on their way.</summary>
    public async Task NoteShownAsync(string when, string text)
    {
        await Assertions.Expect(agent.Bubble(text)).ToBeVisibleAsync();
        _seen.Add(new Seen(when, "kept once", text));
    }

    /// <summary>Notes a refusal that happened before anything was sent.</summary>
    public async Task NoteRefusedAsync(string when, string sentence, string text) =>
        _seen.Add(new Seen(when, "not taken", sentence, await TakenAsync(text)));

    /// <summary>Notes what waits while its number is stopped, and the strip above every page.</summary>
    public async Task NoteStoppedAsync(string when, string text)
    {
        var strip = agent.Page.Locator(".alert-strip").First;
        await Assertions.Expect(strip).ToBeVisibleAsync();
        await Until.TrueAsync(async () => (await StateAsync(text)) == "queued", $"{name}: {text} waits");
        var bubble = agent.Bubble(text);
        await Assertions.Expect(bubble.Locator(".tick-queued")).ToBeVisibleAsync();
        _seen.Add(new Seen(when, "queued", $"{await bubble.Locator(".tick").GetAttributeAsync("aria-label")}. {OneLine(await strip.InnerTextAsync())}", await TakenAsync(text)));
    }

    /// <summary>An administrator presses "Resume" beside every number that stands still.</summary>
    public async Task ResumeAsync()
    {
        await admin.Page.GotoAsync("/settings/numbers");
        var resume = admin.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" });
        await Assertions.Expect(resume.First).ToBeVisibleAsync();
        while (await resume.CountAsync() is var left and > 0)
        {
            await resume.First.ClickAsync();
            await Assertions.Expect(resume).Not.ToHaveCountAsync(left);
        }

        await Assertions.Expect(agent.Page.Locator(".alert-strip")).ToHaveCountAsync(0);
    }

    /// <summary>The state of our newest message with this text; null when there is none.</summary>
    public async Task<string?> StateAsync(string text) =>
        (await console.MessagesAsync(_conversation))
            .Where(message => message.GetProperty("direction").GetString() == "outbound" && message.GetProperty("text").GetString()!.Contains(text, StringComparison.Ordinal))
            .Select(message => message.GetProperty("status").GetString())
            .FirstOrDefault();

    /// <summary>Nothing is on its way between WhatsApp and the console.</summary>
    public Task RestAsync() => Until.TrueAsync(
        async () => await Simulator.PendingWebhooksAsync() == 0
            && (await console.Api.GetFromJsonAsync<JsonElement>("intake")).GetProperty("pending").GetInt64() == 0,
        $"{name}: webhooks and intake at rest");

    private async Task NoteNowAsync(string when, string text, string state)
    {
        var bubble = agent.Bubble(text);
        await Assertions.Expect(bubble.Locator($".tick-{state}")).ToBeVisibleAsync();
        var words = new List<string> { $"{await bubble.Locator(".tick").GetAttributeAsync("aria-label")}." };
        words.AddRange((await bubble.Locator(".bubble-error").AllInnerTextsAsync()).Select(OneLine));
        words.AddRange((await bubble.Locator("button.link-quiet").AllInnerTextsAsync()).Select(label => $"[{OneLine(label)}]"));
        _seen.Add(new Seen(when, state, string.Join(' ', words), await TakenAsync(text)));
    }

    private async Task<int> TakenAsync(string text) =>
        (await Simulator.ChatAsync(_customer)).Count(line =>
            !line.GetProperty("fromCustomer").GetBoolean()
            && line.GetProperty("content").GetProperty("text").GetString()!.Contains(text, StringComparison.Ordinal));

    private static string Times(int count) => count switch
    {
        1 => "once",
        2 => "twice",
        _ => $"{count} times",
    };

    private static string OneLine(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
