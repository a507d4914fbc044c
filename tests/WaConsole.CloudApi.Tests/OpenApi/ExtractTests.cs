namespace WaConsole.CloudApi.Tests.OpenApi;

public sealed class ExtractTests
{
    /// <summary>
    /// Makes <c>meta-openapi-v23.json</c> anew: see docs/cloud-api/openapi.md. Not part of a run, because the source lies outside.
    /// </summary>
    [Fact(Explicit = true)]
    [Trait("Category", "by-hand")]
    public async Task Extract_anew()
    {
        var source = Environment.GetEnvironmentVariable("WACONSOLE_META_OPENAPI");
        var target = Environment.GetEnvironmentVariable("WACONSOLE_META_OPENAPI_EXTRACT");
        Assert.NotNull(source);
        Assert.NotNull(target);

        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(target, ExtractSchemas.Run(await File.ReadAllTextAsync(source, stop)), stop);
    }

    [Fact]
    public void Prose_goes_and_parts_become_one_object()
    {
        var extract = ExtractSchemas.Run(
            """
            openapi: 3.1.0
            info: { title: T, version: v1 }
            components:
              schemas:
                Base: { type: object, required: [to], properties: { to: { type: string, description: Whom }, type: { type: string } } }
                Text:
                  allOf:
                    - $ref: '#/components/schemas/Base'
                    - type: object
                      additionalProperties: false
                      required: [text]
                      properties: { type: { type: string, enum: [text] }, text: { type: string, maxLength: 9, example: Hi } }
                Unused: { type: string }
            paths:
              /{Id}/messages:
                post:
                  parameters: [{ name: dry, in: query }, { name: Id, in: path }]
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Text' } } } }
            """);

        Assert.Equal(
            """
            {"source":"v1, 1 paths","operations":[{"name":"POST /{Id}/messages","query":["dry"],"body":true}],
            "definitions":{"POST /{Id}/messages":{"$ref":"#/definitions/Text"},"Text":{"type":"object","properties":{
            "to":{"type":"string"},"type":{"type":"string","enum":["text"]},"text":{"type":"string","maxLength":9}},
            "required":["text","to"],"additionalProperties":false}}}
            """.Replace("\n", "", StringComparison.Ordinal),
            extract);
    }
}
