using System.Net;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Api;

/// <summary>By no path of the REST API does marketing go to somebody without a standing opt-in.</summary>
public sealed class MarketingTests
{
    private const string Phone = "4915112345678";
    private const string Offer = """ "type":"template","name":"offer","language":"en" """;
    private const string OptIn =
        """
        {"purpose":"marketing","basis":"consent","jurisdiction":"de","business":"Alder & Oak","wordingLanguage":"en","evidence":"Form of the shop",
         "wording":"Alder & Oak may send me offers over WhatsApp. Stop at any time with STOP. Privacy: https://alder.example/privacy"}
        """;

    private static readonly Type[] Senders = [typeof(SendReply), typeof(SendToContact), typeof(SendToMany), typeof(SendAgain), typeof(ForwardMessage)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Without_a_standing_opt_in_every_path_refuses_marketing_and_nothing_is_queued(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync();
        var conversation = await new SeedConversation
        {
            NumberId = host.NumberId,
            Phone = Phone,
            IsKnownByPhone = true,
            WindowExpiresAtUtc = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(5),
        }.WriteAsync(host.Store);
        await SeedTemplate.WriteAsync(host.Store, host.NumberId, "offer", "MARKETING");
        var contact = (await crm.AskAsync("/api/v1/conversations").OkAsync()).GetProperty("items")[0].GetProperty("contact").GetProperty("id").GetString();

        await RefusedAsync("no_opt_in");
        await crm.SendAsync($"/api/v1/contacts/{contact}/opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE"}""").OkAsync();
        await RefusedAsync("opt_in_incomplete");
        var stop = $$"""{"evidence":"Said so by phone","at":"{{TimeProvider.System.GetUtcNow().AddHours(-1):O}}"}""";
        Assert.Equal(HttpStatusCode.NoContent, (await crm.SendAsync($"/api/v1/contacts/{contact}/opt-outs", stop)).StatusCode);
        await RefusedAsync("opted_out");
        Assert.Equal(0, await OutboxRows.CountAsync(host.Store, OutboxLane.Automation) + await OutboxRows.CountAsync(host.Store, OutboxLane.Broadcast));

        await crm.SendAsync($"/api/v1/contacts/{contact}/opt-ins", OptIn).OkAsync();
        await crm.SendAsync($"/api/v1/conversations/{conversation}/messages", $$"""{{{Offer}}}""").OkAsync(202);

        async Task RefusedAsync(string code)
        {
            await SaysAsync(code, crm.SendAsync($"/api/v1/conversations/{conversation}/messages", $$"""{{{Offer}}}"""));
            await SaysAsync(code, crm.SendAsync("/api/v1/messages", $$"""{"to":"+{{Phone}}","numberId":"{{host.NumberId}}",{{Offer}}}"""));
            var many = await crm.SendAsync(
                "/api/v1/messages/bulk", $$"""{"numberId":"{{host.NumberId}}","messages":[{"to":"+{{Phone}}",{{Offer}}}]}""").OkAsync(202);
            Says(code, Assert.Single(many.GetProperty("items").EnumerateArray()));
        }
    }

    [Fact]
    public async Task No_path_that_sends_is_missing_here()
    {
        await using var host = await ConsoleHost.StartAsync();

        var sending = host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Where(endpoint => endpoint.Metadata.OfType<MethodInfo>().Any(method => method.GetParameters().Any(given => Senders.Contains(given.ParameterType))))
            .Select(endpoint => endpoint.RoutePattern.RawText)
            .Order(StringComparer.Ordinal);

        Assert.Equal(["/api/v1/conversations/{id}/messages", "/api/v1/messages", "/api/v1/messages/bulk"], sending);
    }

    private static async Task SaysAsync(string code, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Says(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement);
    }

    private static void Says(string code, JsonElement refusal)
    {
        Assert.Equal(code, refusal.GetProperty("code").GetString());
        Assert.NotEqual("", refusal.GetProperty("detail").GetString());
        Assert.False(refusal.TryGetProperty("id", out _));
    }
}
