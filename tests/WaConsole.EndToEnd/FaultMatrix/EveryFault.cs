namespace WaConsole.EndToEnd.FaultMatrix;

/// <summary>Every case of docs/faults.md, in its order.</summary>
internal static class EveryFault
{
    private const string Answer = "We mend that";
    private const string Meanwhile = "while webhooks are held back";
    private const string InTheEnd = "in the end";
    private const string Template = "how_were_we";
    private const string TemplateText = "We repaired your shoes last week";
    private const string Marketing = "care_voucher";
    private const string MarketingText = "Thank you for walking with us";

    private static readonly object MarketingValues = new { body = new[] { "Nour" }, buttons = new Dictionary<string, string> { ["0"] = "CEDAR20" } };

    /// <summary>What strikes an agent's message.</summary>
    public static IReadOnlyList<FaultCase> Sending { get; } =
    [
        new("serverError", "500 (131000), nothing accepted", stage => OnceAsync(stage, "serverError", "unknown")),
        new("unavailable", "503 (131016), nothing accepted", stage => OnceAsync(stage, "unavailable", "unknown")),
        new("serverErrorAfterAccepting", "500 (131000), and the message goes out", stage => LostAnswerAsync(stage, "serverErrorAfterAccepting")),
        new("unavailableAfterAccepting", "503 (131016), and the message goes out", stage => LostAnswerAsync(stage, "unavailableAfterAccepting")),
        new("timeoutAfterAccepting", "the message goes out, the connection is cut without an answer", stage => LostAnswerAsync(stage, "timeoutAfterAccepting")),
        new("tooManyRequests", "429 (4)", stage => OnceAsync(stage, "tooManyRequests", "delivered")),
        new("throughput", "130429, the number's throughput", stage => OnceAsync(stage, "throughput", "delivered")),
        new("pairLimit", "131056, too many to this customer", stage => OnceAsync(stage, "pairLimit", "delivered")),
        new("slow", "every answer is late", SlowAsync),
        new("tokenExpired", "401 (190) on every call", TokenExpiredAsync),
        new("failedStatus", "accepted, then `failed` with 131026", stage => OnceAsync(stage, "failedStatus", "failed")),
        new("heldForQuality", "a template is held back and let go later", HeldAsync),
        new("statusBeforeAnswer", "the first status comes before the answer", stage => OnceAsync(stage, "statusBeforeAnswer", "delivered")),
        new("webhookDoubled", "a status comes twice", stage => OnceAsync(stage, "webhookDoubled", "delivered")),
        new("webhookLate", "`sent` comes ten minutes after `delivered`", LateStatusAsync),
        new("webhookOutOfOrder", "`delivered` comes before `sent`", stage => OnceAsync(stage, "webhookOutOfOrder", "delivered")),
    ];

    /// <summary>What strikes a customer's message.</summary>
    public static IReadOnlyList<FaultCase> Receiving { get; } =
    [
        new("webhookDoubled", "the message comes twice", DoubledMessageAsync),
        new("webhookLate", "the first message comes ten minutes late", LateMessageAsync),
        new("webhookOutOfOrder", "the second message comes before the first", OutOfOrderMessagesAsync),
        new("hold, release", "three messages and a status in one body", HeldBodyAsync),
        new("batching items", "several messages in one change", stage => BatchedAsync(stage, "items")),
        new("batching changes", "several changes in one entry", stage => BatchedAsync(stage, "changes")),
        new("batching entries", "several entries in one body", stage => BatchedAsync(stage, "entries")),
    ];

    /// <summary>What customers do or are.</summary>
    public static IReadOnlyList<FaultCase> Customers { get; } =
    [
        new("reads", "does not open the chat", stage => ReplyAsync(stage, "delivered")),
        new("online", "is offline", OfflineAsync),
        new("blocks", "has blocked the business", stage => ReplyAsync(stage, "sent", new { blocks = true })),
        new("onWhatsApp", "is not on WhatsApp any more", stage => ReplyAsync(stage, "failed", new { onWhatsApp = false })),
        new("marketingCapped", "has had enough marketing of all businesses", stage => MarketingAsync(stage, new { marketingCapped = true })),
        new("inExperiment", "is part of an experiment of WhatsApp", stage => MarketingAsync(stage, new { inExperiment = true })),
        new("marketingStopped", "has stopped marketing messages", OptedOutAsync),
    ];

    /// <summary>Switches of a customer that strike nothing a console sends today, and why.</summary>
    public static IReadOnlyDictionary<string, string> NoFaultForUs { get; } = new Dictionary<string, string>
    {
        ["hiddenNumber"] = "says who a customer is, not what fails: the identity tests hold it",
        ["oldApp"] = "strikes interactive messages only; it answers 131026 like `onWhatsApp`",
    };

    private static async Task OnceAsync(FaultStage stage, string kind, string state)
    {
        await stage.FaultAsync(kind);
        await stage.ReplyAsync(Answer);
        await stage.NoteAsync(InTheEnd, Answer, state);
    }

    private static async Task LostAnswerAsync(FaultStage stage, string kind)
    {
        await stage.Simulator.HoldAsync();
        await stage.FaultAsync(kind, milliseconds: 300);
        await stage.ReplyAsync(Answer);
        await stage.NoteHeldAsync(Meanwhile, Answer, "unknown");
        await stage.Simulator.ReleaseAsync();
        await stage.NoteAsync(InTheEnd, Answer, "delivered");
    }

    private static async Task SlowAsync(FaultStage stage)
    {
        await stage.FaultAsync("slow", next: null, milliseconds: 1500);
        await stage.ReplyAsync(Answer);
        await stage.NoteAsync(InTheEnd, Answer, "delivered");
        await stage.Simulator.ClearFaultsAsync();
    }

    private static async Task TokenExpiredAsync(FaultStage stage)
    {
        await stage.FaultAsync("tokenExpired", next: null);
        await stage.ReplyAsync(Answer);
        await stage.NoteStoppedAsync("while it lasts", Answer);
        await stage.Simulator.ClearFaultsAsync();
        await stage.ResumeAsync();
        await stage.NoteAsync("after an administrator resumed", Answer, "delivered");
    }

    private static async Task HeldAsync(FaultStage stage)
    {
        await stage.FaultAsync("heldForQuality", next: null);
        await stage.SendTemplateAsync(Template);
        await stage.NoteAsync("while it lasts", TemplateText, "held");
        await stage.Simulator.ClearFaultsAsync();
        await stage.NoteAsync(InTheEnd, TemplateText, "delivered");
    }

    private static async Task LateStatusAsync(FaultStage stage)
    {
        await stage.FaultAsync("webhookLate", milliseconds: 600_000);
        await stage.ReplyAsync(Answer);
        await stage.NoteHeldAsync("before it comes", Answer, "delivered");
        await stage.Simulator.AdvanceAsync("PT10M");
        await stage.NoteAsync(InTheEnd, Answer, "delivered");
    }

    private static async Task DoubledMessageAsync(FaultStage stage)
    {
        await stage.FaultAsync("webhookDoubled");
        await stage.WritesAsync("First question");
        await stage.NoteReceivedAsync(InTheEnd, "First question");
    }

    private static async Task LateMessageAsync(FaultStage stage)
    {
        await stage.FaultAsync("webhookLate", milliseconds: 600_000);
        await stage.WritesAsync("First question");
        await stage.WritesAsync("Second question");
        await stage.NoteShownAsync("before it comes", "Second question");
        await stage.Simulator.AdvanceAsync("PT10M");
        await stage.NoteReceivedAsync(InTheEnd, "First question", "Second question");
    }

    private static async Task OutOfOrderMessagesAsync(FaultStage stage)
    {
        await stage.FaultAsync("webhookOutOfOrder");
        await stage.WritesAsync("First question");
        await stage.WritesAsync("Second question");
        await stage.NoteReceivedAsync(InTheEnd, "First question", "Second question");
    }

    private static async Task HeldBodyAsync(FaultStage stage)
    {
        await stage.Simulator.HoldAsync();
        await stage.ReplyAsync(Answer);
        await stage.WritesAsync("First question");
        await stage.WritesAsync("Second question");
        await stage.WritesAsync("Third question");
        await stage.NoteHeldAsync("before they come", Answer, "accepted");
        await stage.Simulator.ReleaseAsync(together: 1000);
        await stage.NoteReceivedAsync(InTheEnd, "First question", "Second question", "Third question");
        await stage.NoteAsync("our message", Answer, "delivered");
    }

    private static async Task BatchedAsync(FaultStage stage, string shape)
    {
        await stage.Simulator.BatchAsync(100, shape);
        await stage.WritesAsync("First question");
        await stage.WritesAsync("Second question");
        await stage.WritesAsync("Third question");
        await stage.NoteReceivedAsync(InTheEnd, "First question", "Second question", "Third question");
        await stage.Simulator.BatchAsync(1, shape);
    }

    private static async Task ReplyAsync(FaultStage stage, string state, object? change = null)
    {
        if (change is not null)
        {
            await stage.ChangeCustomerAsync(change);
        }

        await stage.ReplyAsync(Answer);
        await stage.NoteAsync(InTheEnd, Answer, state);
    }

    private static async Task OfflineAsync(FaultStage stage)
    {
        await stage.ChangeCustomerAsync(new { online = false });
        await stage.ReplyAsync(Answer);
        await stage.NoteAsync("while offline", Answer, "sent");
        await stage.ChangeCustomerAsync(new { online = true });
        await stage.NoteAsync("back online", Answer, "delivered");
    }

    // Inside the window neither counts, so it is let pass first.
    private static async Task MarketingAsync(FaultStage stage, object change)
    {
        await stage.ChangeCustomerAsync(change);
        await stage.Simulator.AdvanceAsync("P1DT1H");
        await stage.OptInAsync();
        await stage.SendTemplateAsync(Marketing, MarketingValues);
        await stage.NoteAsync(InTheEnd, MarketingText, "failed");
    }

    private static async Task OptedOutAsync(FaultStage stage)
    {
        await stage.OptInAsync();
        await stage.StopMarketingAsync();
        await stage.RestAsync();
        await stage.NoteRefusedAsync(InTheEnd, await stage.SendTemplateAsync(Marketing, MarketingValues) ?? "taken", MarketingText);
    }
}
