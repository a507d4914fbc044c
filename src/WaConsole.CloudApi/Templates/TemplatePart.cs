using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

/// <summary>
/// A part of a template to be reviewed. A body is required; header, footer and buttons are at most one each. Samples
/// stand in for the variables and are required for each (template components, December 2025).
/// </summary>
public abstract record TemplatePart
{
    private TemplatePart()
    {
    }

    internal abstract JsonNode ToJson();

    /// <param name="Value">Up to 60, one variable at most.</param>
    /// <param name="Sample">For the variable.</param>
    public sealed record TextHeader(string Value, TemplateSample? Sample = null) : TemplatePart
    {
        internal override JsonNode ToJson() => JsonBytes.Of(
            ("type", "HEADER"), ("format", "TEXT"), ("text", Value), ("example", Sample switch
            {
                null => null,
                { Name: null } sample => new JsonObject { ["header_text"] = JsonBytes.List([sample.Value]) },
                var sample => new JsonObject { ["header_text_named_params"] = JsonBytes.List([sample.ToJson()]) },
            }));
    }

    /// <param name="Format"><c>IMAGE</c>, <c>VIDEO</c>, <c>DOCUMENT</c>, or <c>GIF</c> for marketing messages.</param>
    /// <param name="SampleHandle">From <see cref="CloudApiClient.UploadForHandleAsync"/>; not a media id.</param>
    public sealed record MediaHeader(string Format, string SampleHandle) : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject
        {
            ["type"] = "HEADER",
            ["format"] = Format,
            ["example"] = new JsonObject { ["header_handle"] = JsonBytes.List([SampleHandle]) },
        };
    }

    /// <summary>The place is given when sending. Utility and marketing.</summary>
    public sealed record LocationHeader : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject { ["type"] = "HEADER", ["format"] = "LOCATION" };
    }

    /// <summary>The product is given when sending. Single products and product cards.</summary>
    public sealed record ProductHeader : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject { ["type"] = "HEADER", ["format"] = "PRODUCT" };
    }

    /// <param name="Text">
    /// Up to 1,024; 160 on cards and with a single product, 600 with an offer. No variable at its start or end.
    /// </param>
    /// <param name="Samples">For all variables: in order, or all with names.</param>
    public sealed record Body(string Text, IReadOnlyList<TemplateSample>? Samples = null) : TemplatePart
    {
        internal override JsonNode ToJson() =>
            JsonBytes.Of(("type", "BODY"), ("text", Text), ("example", Example()));

        private JsonObject? Example()
        {
            if (Samples is not { Count: > 0 } samples)
            {
                return null;
            }

            return samples[0].Name is null
                // An array in an array: the other forms Meta's pages show do not work everywhere.
                ? new JsonObject
                {
                    ["body_text"] = new JsonArray(JsonBytes.List(samples.Select(sample => sample.Value))),
                }
                : new JsonObject
                {
                    ["body_text_named_params"] = JsonBytes.List(samples.Select(sample => sample.ToJson())),
                };
        }
    }

    /// <param name="Text">Up to 60, no variables.</param>
    public sealed record Footer(string Text) : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject { ["type"] = "FOOTER", ["text"] = Text };
    }

    /// <summary>One-time passwords: WhatsApp writes the text.</summary>
    public sealed record PasswordBody(bool AddSecurityRecommendation) : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject
        {
            ["type"] = "BODY",
            ["add_security_recommendation"] = AddSecurityRecommendation,
        };
    }

    /// <summary>One-time passwords: WhatsApp writes the text.</summary>
    /// <param name="Minutes">1 to 90.</param>
    public sealed record PasswordFooter(int Minutes) : TemplatePart
    {
        internal override JsonNode ToJson() =>
            new JsonObject { ["type"] = "FOOTER", ["code_expiration_minutes"] = Minutes };
    }

    /// <param name="All">
    /// Up to 10, of which 2 links, 1 phone number and 1 code; quick replies must stand together.
    /// </param>
    public sealed record Buttons(IReadOnlyList<TemplateButton> All) : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject
        {
            ["type"] = "BUTTONS",
            ["buttons"] = JsonBytes.List(All.Select(button => button.ToJson())),
        };
    }

    /// <summary>Marketing, without a footer.</summary>
    /// <param name="Text">Up to 16.</param>
    public sealed record LimitedTimeOffer(string Text, bool HasExpiration) : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject
        {
            ["type"] = "LIMITED_TIME_OFFER",
            ["limited_time_offer"] = new JsonObject { ["text"] = Text, ["has_expiration"] = HasExpiration },
        };
    }

    /// <summary>Two to ten cards with the same parts and kinds of button each.</summary>
    public sealed record Carousel(IReadOnlyList<IReadOnlyList<TemplatePart>> Cards) : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject
        {
            ["type"] = "CAROUSEL",
            ["cards"] = JsonBytes.List(Cards.Select(card => (JsonNode)new JsonObject
            {
                ["components"] = JsonBytes.List(card.Select(part => part.ToJson())),
            })),
        };
    }

    /// <summary>Asks whether the business may call. Marketing and utility.</summary>
    public sealed record CallPermissionRequest : TemplatePart
    {
        internal override JsonNode ToJson() => new JsonObject { ["type"] = "call_permission_request" };
    }

    /// <summary>Any other part, as it goes over the wire.</summary>
    public sealed record Raw(JsonElement Value) : TemplatePart
    {
        internal override JsonNode ToJson() => JsonObject.Create(Value)!;
    }
}

/// <summary>What could stand for a variable.</summary>
/// <param name="Name">Of a named variable: lower case and underscores.</param>
public sealed record TemplateSample(string Value, string? Name = null)
{
    internal JsonNode ToJson() => new JsonObject { ["param_name"] = Name, ["example"] = Value };
}
