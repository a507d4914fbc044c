using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Examples;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class TemplateExamplesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Keys => [.. TemplateExamples.All.Select(example => example.Key)];

    [Theory, MemberData(nameof(Keys))]
    public void Every_example_keeps_the_rules_once_its_file_is_there(string key)
    {
        var example = TemplateExamples.All.Single(example => example.Key == key);
        var content = PreviewDraft.WithMedia(example.Content, (file, _) => file with { Handle = "4::handle" });

        Assert.Empty(TemplateRules.Check(content).Where(finding => finding.Severity != FindingSeverity.Advice).Select(finding => $"{finding.Field}: {finding.Sentence}"));
    }

    [Fact]
    public void There_are_examples_of_every_industry_and_of_every_kind_a_beginner_can_finish()
    {
        var all = TemplateExamples.All;

        Assert.True(all.Count >= 24);
        Assert.Equal(8, TemplateExamples.Industries.Count);
        Assert.Equal(all.Count, all.Select(example => example.Key).Distinct().Count());
        var buttons = all.SelectMany(example => example.Content.Buttons.Concat(example.Content.Cards.SelectMany(card => card.Buttons))).Select(button => button.GetType()).ToHashSet();

        // A form belongs to an account and has to be chosen there.
        var kinds = typeof(ComposedButton).GetNestedTypes().Where(type => type.Name is not ("Flow" or "Other"));
        Assert.All(kinds, kind => Assert.Contains(kind, buttons));
        Assert.Equal(
            [HeaderMediaKind.Image, HeaderMediaKind.Video, HeaderMediaKind.Document],
            all.Select(example => example.Content.Header).OfType<ComposedHeader.Media>().Select(header => header.File.Kind).Distinct().Order());
        Assert.Contains(all, example => example.Content.Header is ComposedHeader.Text);
        Assert.Contains(all, example => example.Content.Header is ComposedHeader.Location);
        Assert.Contains(all, example => example.Content.Offer is not null);
        Assert.Contains(all, example => example.Content.Cards.Count > 0);
        Assert.Contains(all, example => example.Content.Code is not null);
        Assert.Contains(all, example => example.Content.AsksToCall);
        Assert.All(all, example => Assert.Empty(example.Content.Others));
    }

    [Theory]
    [InlineData("en"), InlineData("es"), InlineData("pt-BR"), InlineData("hi"), InlineData("ar"), InlineData("id")]
    public void Titles_and_industries_are_worded_in_every_language(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.All(TemplateExamples.All, example => Assert.False(string.IsNullOrWhiteSpace(example.Title)));
        Assert.Equal(8, TemplateExamples.Industries.Select(TemplateExamples.IndustryName).Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task A_template_of_WhatsApps_library_is_found_made_with_its_links_and_kept_as_WhatsApp_has_it(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var found = Assert.IsType<SearchLibraryOutcome.Found>(
            await core.Get<SearchWhatsAppLibrary>().RunAsync(Caller.System, core.AccountId, "invoice", "en_US", null, Token));
        var offer = Assert.Single(found.Offers);
        Assert.Equal(["Pay now"], offer.Urls);
        Assert.Equal(["Call us"], offer.Phones);
        Assert.Equal("EUR 89.00", offer.Content.Body.Samples["2"]);
        var create = core.Get<CreateFromLibrary>();
        var choice = new LibraryChoice(
            core.AccountId, offer.Name, offer.Language, offer.Category, "our_invoice",
            [new LibraryUrl("https://shop.example/pay/{{1}}", "https://shop.example/pay/R-1")], ["+351210000000"]);

        Assert.IsType<CreateFromLibraryOutcome.Broken>(await create.RunAsync(Caller.System, choice with { Name = "Our invoice" }, Token));
        var refused = Assert.IsType<CreateFromLibraryOutcome.Refused>(await create.RunAsync(Caller.System, choice with { Urls = [] }, Token));
        Assert.Contains("url", refused.Why.WhatsAppSays);
        var created = Assert.IsType<CreateFromLibraryOutcome.Created>(await create.RunAsync(Caller.System, choice, Token));

        Assert.Equal("APPROVED", created.Status);
        var detail = (await core.Get<ReadTemplate>().RunAsync(Caller.System, created.TemplateId, Token))!;
        Assert.Equal(("our_invoice", "en_US", true), (detail.View.Name, detail.View.Language, detail.View.Sendable));
        Assert.Equal(TemplateEventKind.Submitted, Assert.Single(detail.Timeline).Kind);
        Assert.Equal("https://shop.example/pay/{{1}}", Assert.IsType<ComposedButton.Url>(detail.Content!.Buttons[0]).Address);
        Assert.IsType<CreateFromLibraryOutcome.Broken>(await create.RunAsync(Caller.System, choice, Token));
    }

    [Theory, EveryDatabase]
    public async Task The_library_is_for_those_who_manage_templates_of_an_account_they_see(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var agent = new Caller(1, "Ana", Role.Agent, null);
        var elsewhere = new Caller(2, "Mira", Role.Marketer, new HashSet<long> { 9999 });
        var choice = new LibraryChoice(core.AccountId, "payment_due_1", "en_US", "UTILITY", "ours", [], []);

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<SearchWhatsAppLibrary>().RunAsync(agent, core.AccountId, "", "en_US", null, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<CreateFromLibrary>().RunAsync(agent, choice, Token));
        Assert.IsType<SearchLibraryOutcome.NoSuchAccount>(await core.Get<SearchWhatsAppLibrary>().RunAsync(elsewhere, core.AccountId, "", "en_US", null, Token));
        Assert.IsType<CreateFromLibraryOutcome.NoSuchAccount>(await core.Get<CreateFromLibrary>().RunAsync(elsewhere, choice, Token));
    }

    [Theory, EveryDatabase]
    public async Task A_row_that_came_while_WhatsApp_answered_is_taken_and_not_made_twice(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var tries = 0;

        var kept = await RowOf.RunAsync(() => core.WithDbAsync(async db =>
        {
            var row = await RowOf.FindOrAddAsync(db, core.AccountId, "late", "en");
            if (++tries == 1)
            {
                await core.WithDbAsync(async other =>
                {
                    (await RowOf.FindOrAddAsync(other, core.AccountId, "late", "en")).WhatsAppId = "77";
                    await other.SaveChangesAsync(Token);
                });
            }

            row.Status = "APPROVED";
            await db.SaveChangesAsync(Token);
            return row;
        }));

        Assert.Equal((2, "77", "APPROVED"), (tries, kept.WhatsAppId, kept.Status));
        Assert.Equal(1, await core.WithDbAsync(db => db.Templates.CountAsync(Token)));
    }
}
