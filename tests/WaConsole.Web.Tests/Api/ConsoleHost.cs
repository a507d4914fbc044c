using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Hosting;
using WaConsole.Web.Live;

namespace WaConsole.Web.Tests.Api;

/// <summary>The whole console on a loopback port with a database of its own, the test account connected and nobody behind it.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly Factory _factory;

    private ConsoleHost(TestDatabase database, Factory factory)
    {
        _database = database;
        _factory = factory;
    }

    public Uri Address => _factory.ClientOptions.BaseAddress;

    public IServiceProvider Services => _factory.Services;

    public Store Store => Get<Store>();

    public DatabaseOptions Database => _database.Options;

    public long NumberId { get; private set; }

    /// <summary>What the program told the person at the terminal.</summary>
    public string Greeted => _factory.Greeted.ToString();

    public static async Task<ConsoleHost> StartAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite, IReadOnlyDictionary<string, string>? settings = null)
    {
        var database = await TestDatabase.CreateAsync(provider, TestContext.Current.CancellationToken);
        var factory = new Factory(database.Options, settings ?? new Dictionary<string, string>());
        factory.UseKestrel(0);
        factory.StartServer();
        var host = new ConsoleHost(database, factory);
        await host.Get<ConnectAccount>().RunAsync(Caller.System, TestAccount.Settings(new Uri("http://127.0.0.1:9")), CancellationToken.None);
        var numbers = await host.Get<ListNumbers>().RunAsync(Caller.System, CancellationToken.None);
        host.NumberId = numbers.Single(number => number.PhoneNumberId == TestAccount.PhoneNumberId).Id;
        return host;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public HttpClient Anonymous() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public HttpClient WithKey(string key)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    public async Task<HttpClient> ProgramAsync(Role role = Role.Admin) => WithKey((await SeedApiKey.WriteAsync(Store, role)).Key);

    /// <summary>The cookie a person gets by signing in.</summary>
    public async Task<string> CookieAsync(Caller caller)
    {
        using var scope = Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        var agent = (await users.FindByIdAsync(caller.AgentId!.Value.ToString(CultureInfo.InvariantCulture)))!;
        var principal = await scope.ServiceProvider.GetRequiredService<SignInManager<Agent>>().CreateUserPrincipalAsync(agent);
        var options = Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = TimeProvider.System.GetUtcNow();
        var ticket = new AuthenticationTicket(
            principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(1) }, IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }

    public async Task<HttpClient> PersonAsync(Caller caller)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", await CookieAsync(caller));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class Factory(DatabaseOptions database, IReadOnlyDictionary<string, string> settings) : WebApplicationFactory<LiveHub>
    {
        public StringWriter Greeted { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Database:Provider", database.Provider.ToString());
            builder.UseSetting("Database:ConnectionString", database.ConnectionString);
            builder.UseSetting("Media:Root", TempFolder.Folder("media"));
            builder.UseSetting("Simulator:Enabled", "false");
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(CapturedLogs.Instance));
            builder.ConfigureTestServices(services => services.AddSingleton(new Terminal(Greeted)));
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }
        }
    }
}

internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    /// <summary>The status, and the code of the problem details, which must be what RFC 9457 says.</summary>
    public static async Task<(int Status, string? Code)> RefusalAsync(this HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.JsonAsync();
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        return ((int)answer.StatusCode, problem.GetProperty("code").GetString());
    }

    public static async Task<(int Status, string? Code)> RefusalAsync(this Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return await answer.RefusalAsync();
    }

    public static async Task<JsonElement> OkAsync(this Task<HttpResponseMessage> asked, int status = 200)
    {
        using var answer = await asked;
        Assert.Equal((status, ""), ((int)answer.StatusCode, (int)answer.StatusCode == status ? "" : await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        return await answer.JsonAsync();
    }

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string path) =>
        client.GetAsync(path, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, HttpRequestMessage request) =>
        client.SendAsync(request, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, string path, HttpContent content) =>
        client.PostAsync(path, content, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string path, string json, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, new MediaTypeHeaderValue("application/json")) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static IReadOnlyList<string> Names(this JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
