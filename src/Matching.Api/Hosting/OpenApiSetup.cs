using System.Globalization;
using System.Text;
using Matching.Api.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Matching.Api.Hosting;

/// <summary>The OpenAPI document and the page to browse it.</summary>
internal static class OpenApiSetup
{
    private const string Document = "v1";

    /// <summary>Adds the document.</summary>
    public static void AddMatchingOpenApi(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Matching", Version = Document, Description = Description() };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
                ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key" },
            };
            document.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
            ];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
    });

    /// <summary>Maps <c>/openapi/v1.json</c> and the page <c>/scalar</c>.</summary>
    public static void MapMatchingOpenApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapScalarApiReference();
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakenBody>().FirstOrDefault() is { } taken)
        {
            OpenApiRequestBody body = new() { Content = new Dictionary<string, OpenApiMediaType>() };
            foreach (string type in taken.MediaTypes)
            {
                body.Content[type] = new OpenApiMediaType
                {
                    Schema = type == RequestBody.Json
                        ? await context.GetOrCreateSchemaAsync(taken.Type, null, cancellationToken)
                        : new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                };
            }

            operation.RequestBody = body;
        }

        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "The same key gives the same answer for 24 hours; at most 200 characters.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            });
        }
    }

    private static string Description()
    {
        StringBuilder text = new();
        text.Append("Plans harvest seasons. Every error is `application/problem+json` (RFC 9457) with one of these codes:\n\n| code | status | meaning |\n|---|---|---|\n");
        foreach (ProblemCode problem in ProblemCodes.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{problem.Code}` | {problem.Status} | {problem.Title} |\n");
        }

        return text.ToString();
    }
}
