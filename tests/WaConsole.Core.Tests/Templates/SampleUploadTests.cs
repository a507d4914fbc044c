using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Simulator.Hosting;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class SampleUploadTests
{
    private const int Half = 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_files_upload_that_breaks_off_goes_on_where_Meta_stands_and_the_draft_is_submitted(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync(configure: options => options with { TemplateReview = TemplateReview.ByHand });
        await using var line = await BreakingLine.StartAsync(simulator.Uri);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = line.Address });
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var file = Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(mara, new MemoryStream(TemplateDraftTests.Png), "oven.png", Token));
        var draft = Assert.IsType<SaveTemplateDraftOutcome.Saved>(await core.Get<SaveTemplateDraft>().RunAsync(
            mara,
            new TemplateDraftToSave(null, core.AccountId, 0, Every.Plain with { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image, file.MediaFileId)) }),
            Token));
        var told = new Told();

        Assert.IsType<SubmitTemplateOutcome.Submitted>(await core.Get<SubmitTemplate>().RunAsync(mara, draft.Id, 1, told, Token));

        Assert.Equal([(0, TemplateDraftTests.Png.Length), (Half, TemplateDraftTests.Png.Length - Half)], line.Sent);
        Assert.Contains(new SubmitProgress(Half, TemplateDraftTests.Png.Length), told.All);
        Assert.Equal(new SubmitProgress(TemplateDraftTests.Png.Length, TemplateDraftTests.Png.Length), told.All[^1]);
        Assert.NotNull(simulator.World.Templates.Find("pickup_ready", "en_US"));
    }

    private sealed class Told : IProgress<SubmitProgress>
    {
        public List<SubmitProgress> All { get; } = [];

        public void Report(SubmitProgress value) => All.Add(value);
    }

    /// <summary>Before the simulator: of the first upload half arrives, and nobody hears an answer.</summary>
    private sealed class BreakingLine : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly HttpClient _http = new();

        private BreakingLine(WebApplication app) => _app = app;

        public Uri Address => new(_app.Urls.First());

        /// <summary>Offset and length of each part as it was sent.</summary>
        public List<(int Offset, int Length)> Sent { get; } = [];

        public static async Task<BreakingLine> StartAsync(Uri simulator)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var line = new BreakingLine(builder.Build());
            line._app.Run(context => line.PassAsync(context, simulator));
            await line._app.StartAsync();
            return line;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _http.Dispose();
        }

        private async Task PassAsync(HttpContext context, Uri simulator)
        {
            var (bytes, isFirst) = (new MemoryStream(), false);
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            var body = bytes.ToArray();
            if (HttpMethods.IsPost(context.Request.Method) && context.Request.Headers["file_offset"] is [{ } offset])
            {
                isFirst = Sent.Count == 0;
                Sent.Add((int.Parse(offset, System.Globalization.CultureInfo.InvariantCulture), body.Length));
                body = isFirst ? body[..Half] : body;
            }

            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(simulator, context.Request.Path + context.Request.QueryString));
            request.Content = body.Length == 0 ? null : new ByteArrayContent(body);
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            foreach (var name in (string[])["Authorization", "file_offset"])
            {
                request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].AsEnumerable());
            }

            using var answer = await _http.SendAsync(request, context.RequestAborted);
            if (isFirst)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
