using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class SearchTests
{
    [Theory, EveryDatabase]
    public async Task People_and_texts_are_found_alike_on_both_databases(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        var store = host.Get<Store>();
        var peter = await new SeedConversation
        {
            NumberId = host.NumberId,
            Name = "Péter Őszi",
            Username = "peter_o",
            Phone = "36201234567",
            Texts = ["Árvíztűrő tükörfúrógép", "write to peti@example.test", "order AO-2047, please"],
        }.WriteAsync(store);
        var maria = await new SeedConversation
        {
            NumberId = host.NumberId,
            Name = "MARÍA 100%",
            Phone = "5491155550000",
            Texts = ["¿Dónde está mi pedido?", "日本語のテキスト"],
        }.WriteAsync(store);

        await Finds("peter", peter);
        await Finds("PÉTER ősz", peter);
        await Finds("@peter_o", peter);
        await Finds("peter_o", peter);
        await Finds("+36 (20) 123-4567", peter);
        await Finds("0036201234567", peter);
        await Finds("1234", peter);
        await Finds("é", peter, maria);
        await Finds("maria", maria);
        await Finds("100%", maria);
        await Finds("arvizturo", peter);
        await Finds("fúrógép");
        await Finds("TÜKÖR arv", peter);
        await Finds("ao 2047", peter);
        await Finds("AO-2047", peter);
        await Finds("example", peter);
        await Finds("donde pedido", maria);
        await Finds("日本", maria);
        await Finds("pedido tukor");
        await Finds("%", maria);
        await Finds("_", peter);
        await Finds("nothing of the kind");

        async Task Finds(string typed, params long[] expected)
        {
            var page = await host.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery(Search: typed), CancellationToken.None);
            Assert.Equal(expected.Order(), page.Rows.Select(r => r.Id).Order());
        }
    }

    [Theory, EveryDatabase]
    public async Task The_index_follows_an_edited_and_a_deleted_text(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        await new SeedConversation { NumberId = host.NumberId, Texts = ["umbrella"] }.WriteAsync(host.Get<Store>());

        Assert.Equal(1, await CountAsync(host, "umbrella"));
        await host.WithDbAsync(db => db.Messages.ExecuteUpdateAsync(set => set.SetProperty(m => m.Text, "raincoat")));
        Assert.Equal((0, 1), (await CountAsync(host, "umbrella"), await CountAsync(host, "raincoat")));
        await host.WithDbAsync(db => db.Messages.ExecuteDeleteAsync());
        Assert.Equal(0, await CountAsync(host, "raincoat"));
        await host.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.SearchText, "zebedee")));
        Assert.Equal((0, 1), (await CountAsync(host, "amina"), await CountAsync(host, "bede")));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_a_person_types_is_an_error(DatabaseProvider provider)
    {
        await using var host = await CoreHost.StartAsync(provider);
        await new SeedConversation { NumberId = host.NumberId, Texts = ["plain words"] }.WriteAsync(host.Get<Store>());
        string[] hostile =
        [
            "\"", "'", "''", "*", "a*", "\"a\" OR \"b\"", "NEAR(a b)", "a AND", "NOT", "col:a", "MessageSearch:x", "-a", "^a", "(", ")", "{", "}",
            "a & b", "a | b", "!a", "a <-> b", "a:*", "\\", "\\'", "%", "_", "\0", "a\0b", "\ud83d", "\udc00x", "x\ud800", "\u200d\u0301", "😀", "😀😀😀 words",
            "';DROP TABLE \"Messages\";--", new string('a', 5_000), string.Join(' ', Enumerable.Range(0, 500)), "\u0130I\u0131", "ﷺ", "\ufffd", "\t\r\n", "+", "00",
        ];
        foreach (var typed in hostile)
        {
            await CountAsync(host, typed);
        }

        foreach (var typed in Gen.Sample(ArbMap.Default.GeneratorFor<string>(), 150, size: 40))
        {
            await CountAsync(host, typed ?? "");
        }

        Assert.Equal(1, await CountAsync(host, "plain"));
    }

    [Property]
    public bool What_the_full_text_search_gets_is_letters_and_digits_only(string? typed) =>
        SearchWords.TextWords(typed).All(word => word.Length > 0 && !word.Any(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c)));

    [Property]
    public bool Folding_is_stable_and_storable(string? typed)
    {
        var folded = SearchWords.Fold(typed);
        return SearchWords.Fold(folded) == folded && folded.IsNormalized() && !folded.Any(char.IsControl);
    }

    [Property]
    public bool A_text_is_found_by_each_of_its_words_however_written(NonNull<string> text) =>
        SearchWords.TextWords(text.Get.ToUpperInvariant()).Count <= SearchWords.MaxWords
        && SearchWords.NameParts(text.Get).All(part => part.Length > 0);

    private static async Task<int> CountAsync(CoreHost host, string typed) =>
        typed.Trim().Length == 0
            ? 0
            : (await host.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery(Search: typed), CancellationToken.None)).Rows.Count;
}
