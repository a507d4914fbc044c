using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace WaConsole.Web.Api;

/// <summary>What /openapi/v1.json says beyond what the endpoints' types already tell.</summary>
internal static class ApiDescription
{
    private const string KeyScheme = "ApiKey";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeOperationAsync);
    }

    /// <summary>The problem details an endpoint may answer with.</summary>
    public static TBuilder ProducesRefusals<TBuilder>(this TBuilder builder, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ApiProblem.ContentType]));
        }

        return builder;
    }

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "WaConsole",
            Version = "v1",
            Description = "Conversations and messages of the console for other programs. Ids are strings, times are UTC (RFC 3339). "
                + "Every refusal is problem details (RFC 9457) with a stable member `code`.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyAuthentication.Header,
            Description = "A key made on the screen Team, or by Bootstrap:ApiKey.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static async Task DescribeOperationAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.OperationId is MessagesApi.SendToConversation or MessagesApi.SendToPerson or BulkApi.SendInBulk)
        {
            var bulk = operation.OperationId == BulkApi.SendInBulk;
            var schema = await context.GetOrCreateSchemaAsync(bulk ? typeof(BulkBody) : typeof(SendBody), cancellationToken: cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = schema, Examples = ApiExamples.Of(operation.OperationId) },
                },
            };
            operation.Parameters ??= [];
            operation.Parameters.Add(Key(
                "The same key with the same request is answered with the same message; with another request it is refused with code "
                + "idempotency_key_reused. Keys are kept per API key as long as the message is."));
        }

        if (operation.OperationId == HandlingApi.WriteANote)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Key("The same key with the same request is the same note; with another text it is refused with code note_refused."));
        }

        if (operation.OperationId is MediaApi.Upload or OptInImportsApi.Upload)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Required = new HashSet<string>(StringComparer.Ordinal) { "file" },
                            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                            {
                                ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                            },
                        },
                    },
                },
            };
        }

        foreach (var limit in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Name == "limit") ?? [])
        {
            limit.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "100", Default = 50 };
        }
    }

    private static OpenApiParameter Key(string what) => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "1 to 255 characters of your choice. " + what,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = IdempotencyKey.MaxLength },
    };
}
