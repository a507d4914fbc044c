using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace WaConsole.Web.Api;

/// <summary>Example bodies of the sending endpoints.</summary>
internal static class ApiExamples
{
    public static IDictionary<string, IOpenApiExample> Of(string operationId)
    {
        if (operationId == BulkApi.SendInBulk)
        {
            return new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
            {
                ["template"] = new OpenApiExample
                {
                    Summary = "A template to two people",
                    Value = JsonNode.Parse(
                        """
                        {"numberId":"1","messages":[
                         {"to":"+1 555 010 0123","type":"template","name":"order_ready","language":"en_US","parameters":{"body":["Ana","Friday"]}},
                         {"to":"+1 555 010 0124","type":"template","name":"order_ready","language":"en_US","parameters":{"body":["Ben","Monday"]}}]}
                        """),
                },
            };
        }

        var toPerson = operationId == MessagesApi.SendToPerson;
        return new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
        {
            ["text"] = Example("A text inside the 24-hour window", toPerson, """{"type":"text","text":"Your order is ready."}"""),
            ["image"] = Example("A picture uploaded before", toPerson, """{"type":"image","mediaId":"17","caption":"Here it is"}"""),
            ["interactive"] = Example(
                "A question with two buttons",
                toPerson,
                """
                {"type":"interactive",
                 "interactive":{"kind":"buttons","body":"Shall we keep it for you?","options":[{"id":"keep","title":"Yes, please"},{"title":"No, thanks"}]}}
                """),
            ["template"] = Example(
                "A template with a header, numbered variables and a link button",
                toPerson,
                """
                {"type":"template","name":"order_ready","language":"en_US",
                 "parameters":{"header":{"text":"AO-2047"},"body":["Ana","Friday"],"buttons":{"0":"AO-2047"}}}
                """),
            ["namedTemplate"] = Example(
                "A template with a picture and named variables",
                toPerson,
                """
                {"type":"template","name":"welcome","language":"en_US",
                 "parameters":{"header":{"mediaId":"17"},"body":{"first_name":"Ana"}}}
                """),
        };
    }

    private static OpenApiExample Example(string summary, bool toPerson, string json)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        if (toPerson)
        {
            body["to"] = "+1 555 010 0123";
            body["numberId"] = "1";
        }

        return new OpenApiExample { Summary = summary, Value = body };
    }
}
