using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;
using WaConsole.Simulator.Hosting;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

/// <summary>
/// The rules that hold because of what the account did before: done here with our own verbs over HTTP. Then our check must tell, and
/// WhatsApp, which is asked past it, must refuse.
/// </summary>
public sealed class TemplateAccountRulesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Codes => [.. TemplateRulesTests.OfTheAccount];

    [Theory, MemberData(nameof(Codes))]
    public async Task What_the_account_did_is_told_by_our_check_and_refused_by_WhatsApp(string code)
    {
        await using var stage = await Stage.StartAsync();
        var (template, of) = await stage.DoAsync(code);

        var draft = await stage.SaveAsync(template, of);
        var found = (await stage.Core.Get<CheckTemplateDraft>().RunAsync(Caller.System, stage.Core.AccountId, draft, template, Token))!;
        Assert.Contains(found, finding => finding.Code == code && finding.Severity == FindingSeverity.Error);
        Assert.IsType<SubmitTemplateOutcome.Broken>(await stage.Core.Get<SubmitTemplate>().RunAsync(Caller.System, draft, 1, null, Token));
        var (status, answer) = await stage.AskWhatsAppAsync(template, of);
        Assert.True(status is 400 or 429, $"{code}: {status} {answer}");
        Assert.Contains("\"error\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_free_again_after_a_day_and_the_number_of_those_left_goes_down()
    {
        await using var stage = await Stage.StartAsync();
        var (template, of) = await stage.DoAsync("EDITED_TODAY");
        Assert.Equal((0, 9), await LeftAsync());

        stage.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal((1, 9), await LeftAsync());
        await stage.SubmitAsync(template with { Footer = "Third" }, of);

        async Task<(int, int)> LeftAsync() =>
            (await stage.Core.Get<ReadTemplate>().RunAsync(Caller.System, of!.Value, Token))!.EditsLeft is var left ? (left.Today, left.Month) : default;
    }

    private sealed class Stage(SimulatorHost simulator, CoreHost core, FakeTimeProvider clock) : IAsyncDisposable
    {
        private readonly HttpClient _http = new()
        {
            BaseAddress = simulator.Uri,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", TestAccount.AccessToken) },
        };

        public CoreHost Core => core;

        public FakeTimeProvider Clock => clock;

        public static async Task<Stage> StartAsync()
        {
            var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
            var simulator = await SimulatorHost.StartAsync(clock, options => options with { TemplateReview = TemplateReview.ByHand });
            return new Stage(
                simulator, await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = simulator.Uri, Clock = clock }), clock);
        }

        /// <returns>What breaks the rule now, and which template of ours it would change.</returns>
        public async Task<(ComposedTemplate Template, long? Of)> DoAsync(string code)
        {
            var plain = Every.Plain;
            switch (code)
            {
                case "NAME_TAKEN":
                    await SubmitAsync(plain);
                    return (plain, null);
                case "NAME_LOCKED":
                    var deleted = await ApprovedAsync(plain);
                    Assert.IsType<ChangeTemplateOutcome.Done>(await core.Get<DeleteTemplate>().RunAsync(Caller.System, deleted, allLanguages: false, Token));
                    clock.Advance(TimeSpan.FromDays(29));
                    return (plain, null);
                case "NOT_EDITABLE":
                    return (plain with { Footer = "Changed" }, await SubmitAsync(plain));
                case "NAME_FIXED":
                    return (plain with { Name = "pickup_soon" }, await ApprovedAsync(plain));
                case "CATEGORY_FIXED":
                    return (plain with { Category = TemplateCategories.Marketing }, await ApprovedAsync(plain));
                case "ACCOUNT_FULL":
                    var sample = simulator.World.Templates.All[0];
                    simulator.World.Templates.Replace(Enumerable.Range(0, 6000).Select(number => sample with { Id = $"{900000000000000 + number}", Name = $"bulk_{number}" }));
                    Assert.IsType<SyncTemplatesOutcome.Done>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token));
                    return (plain, null);
                case "CREATED_TOO_MANY":
                    for (var number = 0; number < 100; number++)
                    {
                        await SubmitAsync(plain with { Name = $"one_of_many_{number}", Body = new($"This is notice {number} of this morning.") });
                    }

                    return (plain, null);
                case "EDITED_TODAY":
                    return (plain with { Footer = "Second" }, await EditedAsync(plain, times: 1));
                case "EDITED_OFTEN":
                    var often = await EditedAsync(plain, times: 10);
                    clock.Advance(TimeSpan.FromHours(25));
                    return (plain with { Footer = "Eleventh" }, often);
                default:
                    throw new InvalidOperationException($"Nothing here breaks {code}: add it.");
            }
        }

        public async Task<long> SaveAsync(ComposedTemplate template, long? of) => Assert.IsType<SaveTemplateDraftOutcome.Saved>(
            await core.Get<SaveTemplateDraft>().RunAsync(Caller.System, new TemplateDraftToSave(null, core.AccountId, 0, template, of), Token)).Id;

        public async Task<long> SubmitAsync(ComposedTemplate template, long? of = null)
        {
            var outcome = await core.Get<SubmitTemplate>().RunAsync(Caller.System, await SaveAsync(template, of), 1, null, Token);
            return Assert.IsType<SubmitTemplateOutcome.Submitted>(outcome).TemplateId;
        }

        public async Task<(int Status, string Answer)> AskWhatsAppAsync(ComposedTemplate template, long? of)
        {
            if (of is null)
            {
                return await TemplateRulesTests.CreateAsync(_http, template);
            }

            var id = await core.WithDbAsync(db => db.Templates.Where(t => t.Id == of).Select(t => t.WhatsAppId).SingleAsync(Token));
            var body = new JsonObject
            {
                ["name"] = template.Name,
                ["category"] = template.Category,
                ["components"] = JsonNode.Parse(WriteComponents.Run(template)),
            };
            using var answer = await _http.PostAsync(
                new Uri($"v25.0/{id}", UriKind.Relative), new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), Token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await core.DisposeAsync();
            await simulator.DisposeAsync();
        }

        private async Task<long> EditedAsync(ComposedTemplate template, int times)
        {
            var id = await ApprovedAsync(template);
            for (var time = 0; time < times; time++)
            {
                clock.Advance(TimeSpan.FromHours(25));
                await SubmitAsync(template with { Footer = $"Change {time}" }, id);
                await ApproveAsync(template);
            }

            return id;
        }

        private async Task<long> ApprovedAsync(ComposedTemplate template)
        {
            var id = await SubmitAsync(template);
            await ApproveAsync(template);
            return id;
        }

        private async Task ApproveAsync(ComposedTemplate template)
        {
            Assert.True(simulator.World.ChangeTemplateStatus(template.Name, template.Language, "APPROVED"));
            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.IsType<SyncTemplatesOutcome.Done>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token));
        }
    }
}
