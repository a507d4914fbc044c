using Microsoft.EntityFrameworkCore;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.CannedReplies;

public sealed class CannedReplyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Everybody_has_the_shared_ones_and_nobody_elses_own(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, bo, admin) = await TeamAsync(core);
        var shared = await SaveAsync(core, admin, "hours", "We are open until six.", shared: true);
        var own = await SaveAsync(core, ana, "/Thanks", "Thank you!");
        await SaveAsync(core, bo, "thanks", "Cheers");
        List<LiveChange> pushed = [];
        core.Get<LiveUpdates>().Published += pushed.Add;

        var list = await core.Get<ListCannedReplies>().RunAsync(ana, Token);

        Assert.Equal(
            [new CannedReplyView(shared, "hours", "We are open until six.", true, false), new CannedReplyView(own, "Thanks", "Thank you!", false, true)],
            list);
        Assert.IsType<SaveCannedReplyOutcome.Refused>(await TryAsync(core, ana, null, "THANKS", "Again"));
        Assert.IsType<SaveCannedReplyOutcome.NoSuchReply>(await TryAsync(core, ana, shared, "hours", "Mine now"));
        Assert.IsType<SaveCannedReplyOutcome.NoSuchReply>(await TryAsync(core, bo, own, "thanks2", "Mine now"));
        await Assert.ThrowsAsync<NotAllowedException>(() => TryAsync(core, ana, null, "all", "For all", shared: true));
        Assert.False(await core.Get<DeleteCannedReply>().RunAsync(ana, shared, Token));
        Assert.False(await core.Get<DeleteCannedReply>().RunAsync(bo, own, Token));
        Assert.Empty(pushed);

        Assert.True(await core.Get<DeleteCannedReply>().RunAsync(ana, own, Token));
        Assert.Equal([new CannedRepliesChanged()], pushed);
    }

    [Theory, EveryDatabase]
    public async Task What_nobody_could_use_is_refused_with_a_sentence(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, _, _) = await TeamAsync(core);
        var marketer = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());

        foreach (var (shortcut, body) in ((string, string)[])[(" / ", "Text"), ("two words", "Text"), (new string('x', 41), "Text"), ("a", " "), ("a", new string('x', 4097))])
        {
            Assert.NotEmpty(Assert.IsType<SaveCannedReplyOutcome.Refused>(await TryAsync(core, ana, null, shortcut, body)).Sentence);
        }

        var unknown = Assert.IsType<SaveCannedReplyOutcome.Refused>(await TryAsync(core, ana, null, "greet", "Dear {{firstname}}"));
        Assert.Contains("firstname", unknown.Sentence, StringComparison.Ordinal);
        Assert.IsType<SaveCannedReplyOutcome.Refused>(await TryAsync(core, Caller.System, null, "own", "A program's"));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ListCannedReplies>().RunAsync(marketer, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => TryAsync(core, marketer, null, "a", "b"));
    }

    [Theory, EveryDatabase]
    public async Task Variables_are_filled_from_the_conversation_and_what_is_not_known_stays_to_be_seen(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (ana, bo, admin) = await TeamAsync(core);
        var id = await new SeedConversation { NumberId = core.NumberId, Name = "Amina Duarte", Phone = "4915100000042" }.WriteAsync(core.Get<Store>());
        var contact = await core.WithDbAsync(db => db.Contacts.Select(c => c.Id).SingleAsync(Token));
        await core.WithDbAsync(async db =>
        {
            db.ContactFields.Add(new ContactField { Name = "Customer no.", NameKey = SearchWords.Fold("Customer no."), Type = ContactFieldType.Text });
            await db.SaveChangesAsync(Token);
            db.ContactFieldValues.Add(new ContactFieldValue { ContactId = contact, FieldId = db.ContactFields.Single().Id, Value = "K-{{name}}" });
            await db.SaveChangesAsync(Token);
        });
        var reply = await SaveAsync(
            core, admin, "greet", "Dear {{ First_Name }}, {{username|friend}}: {{customer no.}} {{phone}} {{username}} – {{agent_first_name}}", shared: true);
        var elsewhere = await new SeedAgent("Eli", Numbers: []).WriteAsync(core.Get<Store>());

        var filled = await core.Get<FillCannedReply>().RunAsync(ana, reply, id, Token);

        Assert.Equal("Dear Amina, friend: K-{{name}} +4915100000042 {{username}} – Ana", filled!.Text);
        Assert.Equal(["{{username}}"], filled.Missing);
        Assert.Null(await core.Get<FillCannedReply>().RunAsync(elsewhere, reply, id, Token));
        Assert.Null(await core.Get<FillCannedReply>().RunAsync(ana, await SaveAsync(core, bo, "own", "Bo's"), id, Token));
    }

    [Theory]
    [InlineData("{{name", "{{name")]
    [InlineData("{{}}", "{{}}")]
    [InlineData("{{name|}}", "Amina")]
    [InlineData("{{phone|}}!", "!")]
    [InlineData("{{{name}}}", "{Amina}")]
    [InlineData("{{na\nme}}", "{{na\nme}}")]
    public void Odd_brackets_are_left_alone(string text, string filled) =>
        Assert.Equal(filled, CannedVariables.Fill(text, new Dictionary<string, string> { [CannedVariables.KeyOf("name")] = "Amina" }).Text);

    private static async Task<(Caller Ana, Caller Bo, Caller Admin)> TeamAsync(CoreHost core) => (
        await new SeedAgent("Ana Marković").WriteAsync(core.Get<Store>()),
        await new SeedAgent("Bo").WriteAsync(core.Get<Store>()),
        await new SeedAgent("Zoe", Role.Admin).WriteAsync(core.Get<Store>()));

    private static async Task<long> SaveAsync(CoreHost core, Caller caller, string shortcut, string body, bool shared = false) =>
        Assert.IsType<SaveCannedReplyOutcome.Saved>(await TryAsync(core, caller, null, shortcut, body, shared)).Id;

    private static Task<SaveCannedReplyOutcome> TryAsync(CoreHost core, Caller caller, long? id, string shortcut, string body, bool shared = false) =>
        core.Get<SaveCannedReply>().RunAsync(caller, new CannedReplyDraft(id, shortcut, body, shared), Token);
}
