using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Hours;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Contacts;

public sealed class MergePeopleTests
{
    private const int Cases = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_merge_taken_back_leaves_everything_as_it_was(DatabaseProvider provider)
    {
        for (var seed = 1; seed <= Cases; seed++)
        {
            await using var core = await CoreHost.StartAsync(provider);
            var bench = new MergeBench(core, seed);
            await bench.PrepareAsync();
            var (one, other) = (await bench.PersonAsync(), await bench.PersonAsync());
            await bench.PersonAsync();
            var before = await bench.DumpAsync();

            var merged = await MergeAsync(core, one, other);
            Assert.NotEqual(before, await bench.DumpAsync());
            await UndoAsync(core, merged);

            Assert.Equal(before, await bench.DumpAsync());
            Assert.Equal(0, await core.WithDbAsync(db => db.ContactMergeRows.CountAsync(Token)));
        }
    }

    [Theory, EveryDatabase]
    public async Task Merges_of_one_person_are_taken_back_newest_first(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var bench = new MergeBench(core, 99);
        await bench.PrepareAsync();
        var (one, two, three, four) = (await bench.PersonAsync(), await bench.PersonAsync(), await bench.PersonAsync(), await bench.PersonAsync());
        var before = await bench.DumpAsync();

        var first = await MergeAsync(core, one, two);
        var second = await MergeAsync(core, one, three);
        var third = await MergeAsync(core, four, one);
        Assert.IsType<UndoMergeOutcome.NoSuchMerge>(await core.Get<UndoMerge>().RunAsync(Caller.System, second, Token));
        await UndoAsync(core, third);
        Assert.IsType<UndoMergeOutcome.Refused>(await core.Get<UndoMerge>().RunAsync(Caller.System, first, Token));
        await UndoAsync(core, second);
        await UndoAsync(core, first);

        Assert.Equal(before, await bench.DumpAsync());
        Assert.IsType<UndoMergeOutcome.Refused>(await core.Get<UndoMerge>().RunAsync(Caller.System, first, Token));
    }

    [Theory, EveryDatabase]
    public async Task What_happened_since_stays_where_it_happened(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.1", "I am Amina")),
            Hooks.Messages(Hooks.Text("wamid.2", "I am somebody else", Hooks.Noon.AddMinutes(1), from: "4917199900011")));
        var core = bench.Core;
        var (stays, goes) = await core.WithDbAsync(async db => (
            await db.Messages.Where(m => m.Wamid == "wamid.1").Select(m => m.Conversation.ContactId).SingleAsync(Token),
            await db.Messages.Where(m => m.Wamid == "wamid.2").Select(m => m.Conversation.ContactId).SingleAsync(Token)));
        var merged = await MergeAsync(core, stays, goes);
        var one = (await bench.ConversationAsync()).Id;
        Assert.Equal(2, await LinesAsync(one));

        await core.Get<MarkConversationRead>().RunAsync(Caller.System, one, Token);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.3", "Both of us", Hooks.Noon.AddMinutes(2), from: "4917199900011")));
        await core.Get<EditContact>().RunAsync(Caller.System, stays, new ContactEdit("Amina of the shop"), Token);
        await UndoAsync(core, merged);

        Assert.Equal(["wamid.1", "wamid.3"], await core.WithDbAsync(
            db => db.Messages.Where(m => m.ConversationId == one && m.Wamid != null).OrderBy(m => m.Id).Select(m => m.Wamid!).ToListAsync(Token)));
        var kept = await core.WithDbAsync(db => db.Conversations.Include(c => c.Contact).AsNoTracking().SingleAsync(c => c.Id == one, Token));
        Assert.Equal(1, kept.UnreadCount);
        Assert.Equal(Hooks.Amina, kept.Contact.Phone);
        Assert.Equal("Amina of the shop", kept.Contact.GivenName);
        var back = await core.WithDbAsync(db => db.Conversations.Include(c => c.Contact).AsNoTracking().SingleAsync(c => c.ContactId == goes, Token));
        Assert.Equal("4917199900011", back.Contact.Phone);
        Assert.Equal("I am somebody else", back.LastPreview);

        // The number is theirs again: the next message goes to their own thread.
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.4", "Me again", Hooks.Noon.AddMinutes(3), from: "4917199900011")));
        Assert.Equal(back.Id, (await bench.MessageAsync("wamid.4")).ConversationId);

        Task<int> LinesAsync(long id) => core.WithDbAsync(db => db.Messages.CountAsync(m => m.ConversationId == id && m.Wamid != null, Token));
    }

    [Theory, EveryDatabase]
    public async Task What_may_be_a_wish_to_stop_goes_with_its_thread_and_back_again(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.1", "I am Amina")),
            Hooks.Messages(Hooks.Text("wamid.2", "Please stop sending me these", Hooks.Noon.AddMinutes(1), from: "4917199900011")));
        var core = bench.Core;
        var (one, two) = (await bench.MessageAsync("wamid.1"), await bench.MessageAsync("wamid.2"));
        var (stays, goes) = (await PersonAsync(one.ConversationId), await PersonAsync(two.ConversationId));
        Assert.Equal(two.ConversationId, await WaitsInAsync());

        var merged = await MergeAsync(core, stays, goes);
        Assert.Equal(one.ConversationId, await WaitsInAsync());

        await UndoAsync(core, merged);
        Assert.Equal(two.ConversationId, await WaitsInAsync());

        Task<long> WaitsInAsync() => core.WithDbAsync(db => db.StopReviews.Where(r => r.MessageId == two.Id).Select(r => r.ConversationId).SingleAsync(Token));
        Task<long> PersonAsync(long thread) => core.WithDbAsync(db => db.Conversations.Where(c => c.Id == thread).Select(c => c.ContactId).SingleAsync(Token));
    }

    [Theory, EveryDatabase]
    public async Task Whom_the_away_message_answered_in_either_thread_is_not_answered_once_more(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (stays, goes) = (await ContactAsync(core, "One"), await ContactAsync(core, "Two"));
        var (one, two) = (await ThreadAsync(stays), await ThreadAsync(goes));
        var (early, late) = (new DateTime(2026, 11, 24, 20, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 24, 21, 0, 0, DateTimeKind.Utc));
        await core.WithDbAsync(async db =>
        {
            db.AwayAnswers.AddRange(
                new AwayAnswer { ConversationId = one, SeenMessageId = 7, AnsweredAtUtc = early },
                new AwayAnswer { ConversationId = two, SeenMessageId = 5, AnsweredAtUtc = late });
            await db.SaveChangesAsync(Token);
        });

        var merged = await MergeAsync(core, stays, goes);
        Assert.Equal([(one, 7L, (DateTime?)late)], await AnswersAsync());

        await UndoAsync(core, merged);
        Assert.Equal([(one, 7L, (DateTime?)late), (two, 7L, (DateTime?)late)], await AnswersAsync());

        Task<long> ThreadAsync(long contact) => core.WithDbAsync(db => db.Conversations.Where(c => c.ContactId == contact).Select(c => c.Id).SingleAsync(Token));

        async Task<List<(long, long, DateTime?)>> AnswersAsync() => [.. (await core.WithDbAsync(
            db => db.AwayAnswers.AsNoTracking().OrderBy(a => a.ConversationId).ToListAsync(Token))).Select(a => (a.ConversationId, a.SeenMessageId, a.AnsweredAtUtc))];
    }

    [Theory, EveryDatabase]
    public async Task A_merged_person_answers_by_either_number_in_one_thread(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.1", "From the shop", userId: Hooks.AminaId)),
            Hooks.Messages(Hooks.Text("wamid.2", "From home", Hooks.Noon.AddMinutes(1), from: "4917199900011", userId: "DE.home")));
        var (stays, goes) = await bench.Core.WithDbAsync(async db => (
            await db.Messages.Where(m => m.Wamid == "wamid.1").Select(m => m.Conversation.ContactId).SingleAsync(Token),
            await db.Messages.Where(m => m.Wamid == "wamid.2").Select(m => m.Conversation.ContactId).SingleAsync(Token)));
        await MergeAsync(bench.Core, stays, goes);

        await bench.TakeAsync(
            Hooks.Messages(Hooks.Text("wamid.3", "Home again", Hooks.Noon.AddMinutes(2), from: "4917199900011", userId: "DE.home")),
            Hooks.Messages(Hooks.Text("wamid.4", "Shop again", Hooks.Noon.AddMinutes(3), userId: Hooks.AminaId)),
            Hooks.Messages(Hooks.Text("wamid.5", "Number hidden", Hooks.Noon.AddMinutes(4), from: null, userId: "DE.home")));

        var thread = await bench.ConversationAsync();
        Assert.Equal(5, thread.UnreadCount);
        Assert.Null(thread.Contact.IdentityChangedAtUtc);
    }

    [Theory, EveryDatabase]
    public async Task A_merge_asks_who_is_asking_and_whether_both_are_there(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var one = await ContactAsync(core, "One");
        var two = await ContactAsync(core, "Two");
        var marketer = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var elsewhere = await new SeedAgent("Eli", Numbers: []).WriteAsync(core.Get<Store>());

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<MergePeople>().RunAsync(marketer, one, two, Token));
        Assert.IsType<MergePeopleOutcome.Refused>(await core.Get<MergePeople>().RunAsync(elsewhere, one, two, Token));
        Assert.IsType<MergePeopleOutcome.Refused>(await core.Get<MergePeople>().RunAsync(Caller.System, one, one, Token));
        Assert.IsType<MergePeopleOutcome.Refused>(await core.Get<MergePeople>().RunAsync(Caller.System, one, two + 100, Token));
        var merged = await MergeAsync(core, one, two);
        Assert.IsType<MergePeopleOutcome.Refused>(await core.Get<MergePeople>().RunAsync(Caller.System, one, two, Token));
        Assert.IsType<UndoMergeOutcome.NoSuchMerge>(await core.Get<UndoMerge>().RunAsync(elsewhere, merged, Token));
        Assert.Equal(one, (await core.Get<ReadContact>().RunAsync(Caller.System, two, Token))!.Id);
    }

    [Theory, EveryDatabase]
    public async Task After_thirty_days_nothing_is_kept_to_take_a_merge_back(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var (one, two) = (await ContactAsync(core, "One"), await ContactAsync(core, "Two"));
        var merged = await MergeAsync(core, one, two);
        Assert.NotNull(Assert.Single((await core.Get<ReadContact>().RunAsync(Caller.System, one, Token))!.Merges).UndoUntilUtc);
        await core.Get<ForgetMergesWorker>().RunOnceAsync(() => { }, Token);
        Assert.NotEqual(0, await core.WithDbAsync(db => db.ContactMergeRows.CountAsync(Token)));

        clock.Advance(MergePeople.UndoTime);

        Assert.IsType<UndoMergeOutcome.Refused>(await core.Get<UndoMerge>().RunAsync(Caller.System, merged, Token));
        await core.Get<ForgetMergesWorker>().RunOnceAsync(() => { }, Token);
        Assert.Equal(0, await core.WithDbAsync(db => db.ContactMergeRows.CountAsync(Token)));
        Assert.Null(await core.WithDbAsync(db => db.ContactMerges.Select(m => m.SnapshotJson).SingleAsync(Token)));
    }

    /// <summary>A table that names a thread or a person must be moved by a merge, and put back: whoever adds one decides it here.</summary>
    [Fact]
    public async Task Every_table_that_names_a_thread_or_a_person_is_known_to_the_merge()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);

        var tables = await core.WithDbAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(type => type.GetProperties().Any(property => property.Name is "ConversationId" or "ContactId"))
            .Select(type => type.ClrType.Name)
            .Order(StringComparer.Ordinal)
            .ToList()));

        Assert.Equal(
            [
                "AwayAnswer", "ConsentState", "ConsentSubject", "ContactBlock", "ContactFieldValue", "ContactIdentifier", "ContactLabel", "ContactNote",
                "Conversation", "ConversationLabel", "Draft", "MediaFile", "Message", "Notification", "OutboxEntry", "Participant", "StopReview",
                "ToldNotice",
            ],
            tables);
    }

    internal static async Task<long> ContactAsync(CoreHost core, string name)
    {
        var id = await new SeedConversation { NumberId = core.NumberId, Name = name, Texts = ["Hello"] }.WriteAsync(core.Get<Store>());
        return await core.WithDbAsync(db => db.Conversations.Where(c => c.Id == id).Select(c => c.ContactId).SingleAsync(Token));
    }

    private static async Task<long> MergeAsync(CoreHost core, long stays, long goes) =>
        Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(Caller.System, stays, goes, Token)).MergeId;

    private static async Task UndoAsync(CoreHost core, long merge) =>
        Assert.IsType<UndoMergeOutcome.Undone>(await core.Get<UndoMerge>().RunAsync(Caller.System, merge, Token));
}
