using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.Phone;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed partial class PhoneTests
{
    [Fact]
    public async Task A_host_that_mounts_the_phone_shows_its_pictures_and_takes_its_uploads()
    {
        await using var bench = await Bench.StartAsync();
        await using var host = await HostAsync(bench.World);
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
        var (bytes, type, name) = Samples.File("image");

        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/simulator/upload?name={name}") { Content = content };
        request.Headers.Add("X-Simulator-Upload", "1");
        using var uploaded = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var id = (await Answer.OfAsync(uploaded)).Body.GetProperty("id").GetString();
        using var shown = await http.GetAsync($"/simulator/media/{id}", TestContext.Current.CancellationToken);

        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("inline", shown.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(bytes, await shown.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_in_disguise_is_only_ever_a_download()
    {
        await using var bench = await Bench.StartAsync();
        await using var host = await HostAsync(bench.World);
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
        var page = "<script>alert(1)</script>"u8.ToArray();

        foreach (var type in new[] { "text/html", "image/svg+xml", "image/png" })
        {
            var file = bench.World.KeepCustomerFile(page, type, "../evil\r\n.html", out _)!;
            using var shown = await http.GetAsync($"/simulator/media/{file.Id}", TestContext.Current.CancellationToken);

            Assert.Equal("application/octet-stream", shown.Content.Headers.ContentType!.MediaType);
            Assert.Equal("attachment", shown.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Contains("sandbox", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_of_another_site_cannot_upload()
    {
        await using var bench = await Bench.StartAsync();
        await using var host = await HostAsync(bench.World);
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };

        using var answer = await http.PostAsync("/simulator/upload?name=a", new StringContent("Hi"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public void Every_word_the_phone_asks_for_is_there()
    {
        var folder = Path.Combine(Repository(), "src", "WaConsole.Simulator", "Phone");
        var asked = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains("T(", StringComparison.Ordinal))
            .SelectMany(line => Asked().Matches(line).Select(match => match.Groups["key"].Value))
            .Concat(Enum.GetNames<FaultKind>().Select(kind => "Fault_" + kind))
            .Concat(SampleMessages.Kinds.Select(kind => "Sample_" + kind))
            .Concat(Describe.UnsupportedKinds.Select(kind => "Unsupported_" + kind))
            .Concat(WaConsole.Simulator.Phone.Panels.TemplatePanel.Statuses.Select(status => "Template_" + status))
            .Concat(PhoneScreen.MenuSheets.Select(sheet => "Menu_" + sheet.Kind))
            .Concat(["Act_forward", "Act_edit", "Act_delete"])
            .Where(key => !key.EndsWith('_'))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(asked.Count > 150);
        Assert.All(asked, key => Assert.NotEmpty(PhoneText.T(key)));
    }

    [Theory]
    [InlineData("plain", "Plain:plain")]
    [InlineData("a *b* c", "Plain:a |Bold:b|Plain: c")]
    [InlineData("_x_ ~y~ `z`", "Italic:x|Plain: |Strike:y|Plain: |Code:z")]
    [InlineData("2 * 3 * 4", "Plain:2 * 3 * 4")]
    [InlineData("snake_case_name", "Plain:snake_case_name")]
    [InlineData("*never closed", "Plain:*never closed")]
    [InlineData("see https://a.example/x?y=1. Bye", "Plain:see |Link:https://a.example/x?y=1|Plain:. Bye")]
    [InlineData("https:// nothing", "Plain:https:// nothing")]
    [InlineData("```a\n*b*``` c", "Block:a\n*b*|Plain: c")]
    [InlineData("", "")]
    public void WhatsApps_signs_become_styles(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', WhatsAppMarkup.Split(text).Select(piece => $"{piece.Style}:{piece.Text}")));

    private static async Task<WebApplication> HostAsync(SimulatedWhatsApp world)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddSimulatorPhone(world);
        var app = builder.Build();
        app.UseRouting();
        app.MapSimulatorPhone();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "WaConsole.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("""(?:\bT\(|\? |: )"(?<key>[A-Z][A-Za-z_0-9]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
