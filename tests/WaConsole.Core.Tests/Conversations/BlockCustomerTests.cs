using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class BlockCustomerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_customer_is_blocked_and_freed_on_whatsapp_and_here(DatabaseProvider provider)
    {
        await using var graph = await BlockList.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = graph.Address });
        var id = await new SeedConversation { NumberId = core.NumberId, Phone = "4915112340001" }.WriteAsync(core.Get<Store>());
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());

        Assert.IsType<BlockOutcome.Done>(await core.Get<BlockCustomer>().RunAsync(ana, id, block: true, Token));
        Assert.Equal(["+4915112340001"], graph.Blocked);
        var blocked = Assert.Single((await core.Get<ListContacts>().RunAsync(ana, new ContactQuery(Blocked: true), Token)).Rows);
        Assert.Equal("Ana", Assert.Single((await core.Get<ReadContact>().RunAsync(ana, blocked.Id, Token))!.Threads).BlockedBy);

        Assert.IsType<BlockOutcome.Done>(await core.Get<BlockCustomer>().RunAsync(ana, id, block: false, Token));
        Assert.Empty(graph.Blocked);
        Assert.Empty((await core.Get<ListContacts>().RunAsync(ana, new ContactQuery(Blocked: true), Token)).Rows);
        var lines = await core.Get<ReadThread>().RunAsync(ana, id, null, 50, Token);
        Assert.Equal(["blocked", "unblocked"], lines!.Lines.Select(line => line.Content).OfType<MessageContent.Activity>().Select(done => done.Type));
    }

    [Theory, EveryDatabase]
    public async Task What_whatsapp_refuses_is_not_noted_and_said_in_words(DatabaseProvider provider)
    {
        await using var graph = await BlockList.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = graph.Address });
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());

        graph.FailWith = 131047;
        var refused = Assert.IsType<BlockOutcome.Refused>(await core.Get<BlockCustomer>().RunAsync(Caller.System, id, block: true, Token));
        Assert.StartsWith("WhatsApp lets a business block only people who wrote", refused.Sentence, StringComparison.Ordinal);
        graph.FailWith = 139101;
        refused = Assert.IsType<BlockOutcome.Refused>(await core.Get<BlockCustomer>().RunAsync(Caller.System, id, block: true, Token));
        Assert.StartsWith("WhatsApp did not do it: ", refused.Sentence, StringComparison.Ordinal);
        await graph.DisposeAsync();
        refused = Assert.IsType<BlockOutcome.Refused>(await core.Get<BlockCustomer>().RunAsync(Caller.System, id, block: true, Token));
        Assert.StartsWith("WhatsApp did not answer", refused.Sentence, StringComparison.Ordinal);

        Assert.Equal(0, await core.WithDbAsync(db => db.ContactBlocks.CountAsync(Token)));
        Assert.Equal(0, await core.WithDbAsync(db => db.Messages.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Only_who_may_see_the_conversation_blocks(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var id = await new SeedConversation { NumberId = core.NumberId }.WriteAsync(core.Get<Store>());
        var marketer = await new SeedAgent("Mara", Role.Marketer).WriteAsync(core.Get<Store>());
        var elsewhere = await new SeedAgent("Eli", Numbers: []).WriteAsync(core.Get<Store>());

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<BlockCustomer>().RunAsync(marketer, id, true, Token));
        Assert.IsType<BlockOutcome.NoSuchConversation>(await core.Get<BlockCustomer>().RunAsync(elsewhere, id, true, Token));
    }

    /// <summary>The block list of the Cloud API, as its OpenAPI file describes it.</summary>
    private sealed class BlockList : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private bool _gone;

        private BlockList(WebApplication app)
        {
            _app = app;
        }

        public HashSet<string> Blocked { get; } = [];

        public int? FailWith { get; set; }

        public Uri Address { get; private set; } = null!;

        public static async Task<BlockList> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var list = new BlockList(app);
            app.MapMethods("/{version}/{number}/block_users", ["POST", "DELETE"], list.ChangeAsync);
            await app.StartAsync(Token);
            list.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            return list;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_gone)
            {
                _gone = true;
                await _app.DisposeAsync();
            }
        }

        private async Task ChangeAsync(HttpContext http)
        {
            var body = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
            var user = body["block_users"]![0]!["user"]!.GetValue<string>();
            var row = new JsonObject { ["input"] = user, ["wa_id"] = user.TrimStart('+') };
            if (FailWith is { } code)
            {
                row["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = "no" });
                http.Response.StatusCode = (int)HttpStatusCode.BadRequest;
                await http.Response.WriteAsJsonAsync(Answer("failed_users", row), http.RequestAborted);
                return;
            }

            var add = HttpMethods.IsPost(http.Request.Method);
            _ = add ? Blocked.Add(user) : Blocked.Remove(user);
            await http.Response.WriteAsJsonAsync(Answer(add ? "added_users" : "removed_users", row), http.RequestAborted);
        }

        private static JsonObject Answer(string list, JsonObject row) => new()
        {
            ["messaging_product"] = "whatsapp",
            ["block_users"] = new JsonObject { [list] = new JsonArray(row) },
        };
    }
}
