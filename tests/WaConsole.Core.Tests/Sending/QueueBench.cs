using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>Core without workers: what is queued stays queued. The clock stands at noon.</summary>
internal sealed class QueueBench : IAsyncDisposable
{
    public static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private QueueBench(CoreHost core, FakeTimeProvider clock)
    {
        Core = core;
        Clock = clock;
    }

    public CoreHost Core { get; }

    public FakeTimeProvider Clock { get; }

    public static Caller Agent { get; } = new(7, "Ines", Role.Agent, null);

    /// <param name="provider">The database.</param>
    /// <param name="services">More than Core has.</param>
    /// <param name="clock">Another that stands at noon.</param>
    public static async Task<QueueBench> StartAsync(
        DatabaseProvider provider, Action<IServiceCollection>? services = null, FakeTimeProvider? clock = null)
    {
        clock ??= new FakeTimeProvider(new DateTimeOffset(Noon));
        var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock, Services = services });
        return new QueueBench(core, clock);
    }

    /// <summary>A conversation whose window ends at this time.</summary>
    public Task<long> ConversationAsync(DateTime? windowEnds, Action<Conversation>? with = null, string phone = "491701234567") =>
        Core.WithDbAsync(async db =>
        {
            var conversation = new Conversation
            {
                Contact = new Contact { Phone = phone, ProfileName = "Amina", CreatedAtUtc = Noon },
                NumberId = Core.NumberId,
                LastActivityAtUtc = Noon.AddHours(-1),
                WaitingSinceUtc = Noon.AddHours(-1),
                WindowOpenedAtUtc = windowEnds?.AddHours(-24),
                WindowExpiresAtUtc = windowEnds,
                WindowExpiryAnnounced = false,
                CreatedAtUtc = Noon,
            };
            with?.Invoke(conversation);
            db.Conversations.Add(conversation);
            await db.SaveChangesAsync();
            return conversation.Id;
        });

    public Task TemplateAsync(string name, string components, string category = "UTILITY", string status = "APPROVED") =>
        Core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = Core.AccountId,
                Name = name,
                Language = "en",
                WhatsAppId = name,
                Status = status,
                Category = category,
                ComponentsJson = components,
                SyncedAtUtc = Noon,
            });
            await db.SaveChangesAsync();
        });

    /// <param name="settings">Of one rule.</param>
    /// <param name="asksFirst">As of a real account: utility templates go to nobody who neither wrote nor agreed.</param>
    public async Task RulesAsync(GateSettings settings, bool asksFirst = false) => Assert.IsType<SaveGateSettingsOutcome.Saved>(
        await Core.Get<SaveGateSettings>().RunAsync(
            Caller.System, Core.AccountId, settings with { UtilityToAnybody = !asksFirst }, CancellationToken.None));

    public Task<SendReplyOutcome> ReplyAsync(long conversation, ReplyContent content, Guid? key = null, string? hash = null, Caller? caller = null) =>
        Core.Get<SendReply>().RunAsync(
            caller ?? Agent, new Reply(conversation, key ?? Guid.CreateVersion7(), content, RequestHash: hash), CancellationToken.None);

    public Task<SendReplyOutcome> TextAsync(long conversation, string text = "Hello", Guid? key = null, string? hash = null) =>
        ReplyAsync(conversation, new ReplyContent.Text(text), key, hash);

    public static ReplyContent.Template Template(string name, params (string Key, string Value)[] values) =>
        new(name, "en", new TemplateValues(values.ToDictionary(pair => pair.Key, pair => pair.Value)));

    public Task<Conversation> ReadAsync(long conversation) =>
        Core.WithDbAsync(db => db.Conversations.AsNoTracking().SingleAsync(c => c.Id == conversation));

    public Task<Message> MessageAsync(long id) => Core.WithDbAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == id));

    public Task<int> MessagesAsync() => Core.WithDbAsync(db => db.Messages.CountAsync());

    public ValueTask DisposeAsync() => Core.DisposeAsync();
}
