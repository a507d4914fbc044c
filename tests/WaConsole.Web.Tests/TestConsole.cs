using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Tests;

/// <summary>The real console on a database of its own, in this process and without a socket. No simulator unless asked for.</summary>
internal sealed partial class TestConsole : WebApplicationFactory<App>
{
    public const string AdminEmail = "admin@example.com";
    public const string AdminPassword = "a long first password";

    private readonly TestDatabase _database;
    private readonly Dictionary<string, string> _settings;
    private Action<IServiceCollection> _services = _ => { };

    private TestConsole(TestDatabase database, Dictionary<string, string> settings)
    {
        _database = database;
        _settings = settings;
    }

    public static async Task<TestConsole> StartAsync(params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var all = new Dictionary<string, string>
        {
            ["Database:ConnectionString"] = database.Options.ConnectionString,
            ["Media:Root"] = TempFolder.Folder("media"),
            ["Simulator:Enabled"] = "false",
            ["Urls"] = "http://127.0.0.1:5080",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return new TestConsole(database, all);
    }

    /// <summary>With an admin made from the configuration.</summary>
    public static Task<TestConsole> WithAdminAsync(params (string Key, string Value)[] settings) =>
        StartAsync([.. settings, ("Bootstrap:AdminEmail", AdminEmail), ("Bootstrap:AdminPassword", AdminPassword)]);

    /// <summary>Other services than the program's own, before it starts.</summary>
    public void With(Action<IServiceCollection> services) => _services = services;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A browser: keeps cookies, does not follow redirects.</summary>
    public HttpClient Browser()
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }

    /// <summary>Opens a page and posts one of its forms with the fields given.</summary>
    public static Task<HttpResponseMessage> PostFormAsync(
        HttpClient browser, string url, string handler, params (string Name, string Value)[] fields) =>
        PostFormAsync(browser, url, $"value=\"{handler}\"", url, [("_handler", handler), .. fields]);

    /// <summary>The same for a form known by a part of its markup, sent to another address.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        HttpClient browser, string url, string markup, string action, (string Name, string Value)[] fields)
    {
        var page = await browser.GetStringAsync(url);
        var form = Forms().Matches(page).FirstOrDefault(match => match.Value.Contains(markup, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form with {markup} on {url}.");
        var token = Token().Match(form.Value).Groups[1].Value;
        return await browser.PostAsync(action, new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", token),
            .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)),
        ]));
    }

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password) =>
        PostFormAsync(browser, "/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));

    public async Task<HttpClient> SignedInAsync(string email = AdminEmail, string password = AdminPassword)
    {
        var browser = Browser();
        var answer = await SignInAsync(browser, email, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    public async Task<Caller> AdminAsync()
    {
        var team = await Get<ListTeam>().RunAsync(Caller.System, CancellationToken.None);
        var admin = team.Members.Single(member => member.Email == AdminEmail);
        return new Caller(admin.Id, admin.Name, admin.Role, null);
    }

    /// <summary>A colleague who accepted an invitation.</summary>
    public async Task<(long Id, string Email)> ColleagueAsync(string email, Role role, string password = AdminPassword)
    {
        var invited = Assert.IsType<InviteOutcome.Invited>(
            await Get<InviteAgent>().RunAsync(Caller.System, new InvitationRequest(email, "Colleague", role), CancellationToken.None));
        var joined = Assert.IsType<AcceptInvitationOutcome.Joined>(
            await Get<AcceptInvitation>().RunAsync(new AcceptInvitationRequest(invited.Token, "Colleague", password), CancellationToken.None));
        return (joined.AgentId, joined.Email);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(CapturedLogs.Instance));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(new Terminal(TextWriter.Null));
            _services(services);
        });
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Forms();

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Token();
}
