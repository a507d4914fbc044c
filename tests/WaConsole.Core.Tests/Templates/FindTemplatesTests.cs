using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class FindTemplatesTests
{
    [Theory]
    [EveryDatabase]
    public async Task Pages_show_every_name_once_in_order_with_all_its_languages(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(db => FillAsync(db, core.AccountId, names: 25));
        List<TemplateFamily> seen = [];
        string? after = null;
        do
        {
            var page = await FindAsync(core, new TemplateQuery(After: after, Limit: 10));
            Assert.InRange(page.Families.Count, 1, 10);
            seen.AddRange(page.Families);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 25).Select(name => $"name_{name:00}"), seen.Select(family => family.Name));
        Assert.All(seen, family => Assert.Equal(["ar", "de", "en"], family.Languages.Select(language => language.Language)));
    }

    [Theory]
    [EveryDatabase]
    public async Task Words_are_found_in_names_and_in_texts_whatever_their_script_case_and_accents(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(db => FillAsync(db, core.AccountId, names: 12));

        Assert.Equal(["name_07"], await NamesAsync("NAME_07"));
        Assert.Equal(["name_03"], await NamesAsync("größe 3 paar"));
        Assert.Equal(["name_05"], await NamesAsync("الطلب رقم5"));
        Assert.Equal(["name_11"], await NamesAsync("Stop11"));
        Assert.Empty(await NamesAsync("100%"));
        Assert.Empty(await NamesAsync("sample text"));

        async Task<IEnumerable<string>> NamesAsync(string search) =>
            (await FindAsync(core, new TemplateQuery(Search: search))).Families.Select(family => family.Name);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_name_is_found_by_one_of_its_languages_and_deleted_ones_are_not(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(async db =>
        {
            await FillAsync(db, core.AccountId, names: 6);
            await db.Templates.Where(t => t.Name == "name_01" && t.Language == "de")
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, "REJECTED").SetProperty(t => t.Quality, "RED").SetProperty(t => t.Category, "UTILITY"));
            await db.Templates.Where(t => t.Name == "name_02").ExecuteUpdateAsync(set => set.SetProperty(t => t.DeletedAtUtc, DateTime.UnixEpoch));
        });

        foreach (var query in (TemplateQuery[])[new(Status: "REJECTED"), new(Quality: "RED"), new(Category: "UTILITY", Language: "de")])
        {
            var family = Assert.Single((await FindAsync(core, query)).Families);
            Assert.Equal(("name_01", 3), (family.Name, family.Languages.Count));
        }

        Assert.Empty((await FindAsync(core, new TemplateQuery(Status: "REJECTED", Language: "en"))).Families);
        Assert.Empty((await FindAsync(core, new TemplateQuery(Search: "name_02"))).Families);
        var facts = await core.Get<FindTemplates>().FactsAsync(Caller.System, null, CancellationToken.None);
        Assert.Equal((5, 15), (facts.Names, facts.Templates));
        Assert.Equal(["APPROVED", "REJECTED"], facts.Statuses);
        Assert.Equal(["ar", "de", "en"], facts.Languages);
    }

    [Theory]
    [EveryDatabase]
    public async Task Who_sees_no_number_of_an_account_sees_none_of_its_templates(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(db => FillAsync(db, core.AccountId, names: 2));
        var find = core.Get<FindTemplates>();
        var stranger = new Caller(1, "Stranger", Role.Marketer, new HashSet<long> { core.NumberId + 1000 });
        var mine = stranger with { Numbers = new HashSet<long> { core.NumberId } };

        Assert.Empty((await find.RunAsync(stranger, new TemplateQuery(), CancellationToken.None)).Families);
        Assert.Equal(0, (await find.FactsAsync(stranger, core.AccountId, CancellationToken.None)).Templates);
        Assert.Equal(2, (await find.RunAsync(mine, new TemplateQuery(), CancellationToken.None)).Families.Count);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_page_reads_the_definitions_of_its_names_only(DatabaseProvider provider)
    {
        var seen = new SeenSql();
        await using var core = await SeenSql.StartAsync(provider, seen);
        await core.WithDbAsync(db => FillAsync(db, core.AccountId, names: 60));

        var plans = await seen.PlansAsync(core, () => FindAsync(core, new TemplateQuery(Limit: 10)));

        Assert.Equal(6, plans.Count);
        var definitions = Assert.Single(plans, plan => plan.Sql.Contains("\"ComponentsJson\"", StringComparison.Ordinal));
        Assert.Contains("\"Id\"", definitions.Sql[definitions.Sql.IndexOf("WHERE", StringComparison.Ordinal)..], StringComparison.Ordinal);
        if (provider == DatabaseProvider.Sqlite)
        {
            // PostgreSQL reads a table of so few rows whole.
            Assert.Contains("PRIMARY KEY", definitions.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [EveryDatabase]
    public async Task A_name_that_goes_while_the_page_is_read_is_left_out(DatabaseProvider provider)
    {
        var before = new BeforeStatement("\"Quality\"");
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions
        {
            Services = services => services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(before)),
        });
        await core.WithDbAsync(db => FillAsync(db, core.AccountId, names: 3));
        before.Act = () => core.WithDbAsync(db => db.Templates.Where(t => t.Name == "name_01")
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.DeletedAtUtc, DateTime.UnixEpoch)));

        var page = await FindAsync(core, new TemplateQuery());

        Assert.Null(before.Act);
        Assert.Equal(["name_00", "name_02"], page.Families.Select(family => family.Name));
    }

    /// <summary>Something that happens once, right before the first reading statement with these words.</summary>
    private sealed class BeforeStatement(string words) : DbCommandInterceptor
    {
        public Func<Task>? Act { get; set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Act is { } act && command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && command.CommandText.Contains(words, StringComparison.Ordinal))
            {
                Act = null;
                await act();
            }

            return result;
        }
    }

    private static Task<TemplatesFound> FindAsync(CoreHost core, TemplateQuery query) =>
        core.Get<FindTemplates>().RunAsync(Caller.System, query, CancellationToken.None);

    private static async Task FillAsync(WaConsoleDb db, long account, int names)
    {
        foreach (var name in Enumerable.Range(0, names))
        {
            Add("en", $"Pair {name} is back, reply Stop{name}");
            Add("de", $"Grösse wieder da: Größe {name} Paar{name}");
            Add("ar", $"الطلب رقم{name} جاهز");

            void Add(string language, string text)
            {
                var components = System.Text.Json.JsonSerializer.Serialize(new object[]
                {
                    new { type = "BODY", text, example = new { body_text = new[] { new[] { "sample text" } } } },
                });
                db.Templates.Add(new Template
                {
                    BusinessAccountId = account,
                    WhatsAppId = $"{name}{language}",
                    Name = $"name_{name:00}",
                    Language = language,
                    Status = "APPROVED",
                    Category = "MARKETING",
                    ComponentsJson = components,
                    SearchText = TemplateSearchText.Of($"name_{name:00}", components),
                });
            }
        }

        await db.SaveChangesAsync();
    }
}
