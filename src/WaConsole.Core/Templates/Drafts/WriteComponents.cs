using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>Pure: a composed template as WhatsApp's array of components, in WhatsApp's order.</summary>
public static class WriteComponents
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Run(ComposedTemplate template) => Array(template).ToJsonString(Plain);

    internal static JsonArray Array(ComposedTemplate template)
    {
        var components = new JsonArray();
        if (template.Code is { } code)
        {
            WriteCode(components, code);
        }
        else
        {
            WriteParts(components, template);
        }

        foreach (var component in components.OfType<JsonObject>())
        {
            Restore(component, template.Rest.GetValueOrDefault(component["type"]!.GetValue<string>()));
        }

        AddRaw(components, template.Others);
        return components;
    }

    private static void WriteParts(JsonArray components, ComposedTemplate template)
    {
        Add(components, template.Header is { } header ? Header(header, template.Named) : null);
        components.Add(Body(template.Body, template.Named));
        if (template.Offer is { } offer)
        {
            components.Add(new JsonObject
            {
                ["type"] = "LIMITED_TIME_OFFER",
                ["limited_time_offer"] = new JsonObject { ["text"] = offer.Text, ["has_expiration"] = offer.HasExpiration },
            });
        }

        if (template.Footer is { } footer)
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["text"] = footer });
        }

        Add(components, Buttons(template.Buttons));
        if (template.Cards.Count > 0)
        {
            components.Add(new JsonObject
            {
                ["type"] = "CAROUSEL",
                ["cards"] = new JsonArray([.. template.Cards.Select(card => Card(card, template.Named))]),
            });
        }

        if (template.AsksToCall)
        {
            components.Add(new JsonObject { ["type"] = "CALL_PERMISSION_REQUEST" });
        }
    }

    /// <summary>WhatsApp writes every word of it. Labels left out are WhatsApp's own.</summary>
    private static void WriteCode(JsonArray components, ComposedCode code)
    {
        components.Add(new JsonObject { ["type"] = "BODY", ["add_security_recommendation"] = code.AddSecurityRecommendation });
        if (code.ExpiresInMinutes is { } minutes)
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["code_expiration_minutes"] = minutes });
        }

        var button = new JsonObject
        {
            ["type"] = "OTP",
            ["otp_type"] = code.Delivery switch { CodeDelivery.OneTap => "ONE_TAP", CodeDelivery.ZeroTap => "ZERO_TAP", _ => "COPY_CODE" },
        };
        Put(button, "text", code.Label);
        if (code.Delivery != CodeDelivery.CopyCode)
        {
            Put(button, "autofill_text", code.FillInLabel);
            button["supported_apps"] = new JsonArray([.. (code.Apps ?? []).Select(app => new JsonObject
            {
                ["package_name"] = app.PackageName,
                ["signature_hash"] = app.SignatureHash,
            })]);
        }

        if (code.Delivery == CodeDelivery.ZeroTap)
        {
            button["zero_tap_terms_accepted"] = code.ZeroTapTermsAccepted;
        }

        components.Add(new JsonObject { ["type"] = "BUTTONS", ["buttons"] = new JsonArray(button) });
    }

    private static JsonObject? Header(ComposedHeader header, bool named) => header switch
    {
        ComposedHeader.Text text => TextHeader(text.Content, named),
        ComposedHeader.Media { File: var file } => MediaHeader(file),
        ComposedHeader.Location => new JsonObject { ["type"] = "HEADER", ["format"] = "LOCATION" },
        ComposedHeader.Product => new JsonObject { ["type"] = "HEADER", ["format"] = "PRODUCT" },
        ComposedHeader.Other other => JsonNode.Parse(other.Json) as JsonObject,
        _ => null,
    };

    private static JsonObject TextHeader(ComposedText content, bool named)
    {
        var header = new JsonObject { ["type"] = "HEADER", ["format"] = "TEXT", ["text"] = content.Text };
        if (VariablesOf.Text(content.Text) is { Count: > 0 } variables)
        {
            header["example"] = named
                ? new JsonObject { ["header_text_named_params"] = Named(content, variables) }
                : new JsonObject { ["header_text"] = Samples(content, variables) };
        }

        return header;
    }

    /// <summary>An address WhatsApp showed is no handle: the example is left out rather than sent for one.</summary>
    private static JsonObject MediaHeader(ComposedMedia file)
    {
        var header = new JsonObject
        {
            ["type"] = "HEADER",
            ["format"] = file.Kind switch
            {
                HeaderMediaKind.Video => "VIDEO",
                HeaderMediaKind.Document => "DOCUMENT",
                HeaderMediaKind.Gif => "GIF",
                _ => "IMAGE",
            },
        };
        if (file.Handle is { Length: > 0 } handle)
        {
            header["example"] = new JsonObject { ["header_handle"] = new JsonArray(JsonValue.Create(handle)) };
        }

        return header;
    }

    private static JsonObject Body(ComposedText content, bool named)
    {
        var body = new JsonObject { ["type"] = "BODY", ["text"] = content.Text };
        if (VariablesOf.Text(content.Text) is { Count: > 0 } variables)
        {
            // An array in an array: the other forms Meta's pages show do not work everywhere.
            body["example"] = named
                ? new JsonObject { ["body_text_named_params"] = Named(content, variables) }
                : new JsonObject { ["body_text"] = new JsonArray(Samples(content, variables)) };
        }

        return body;
    }

    private static JsonArray Samples(ComposedText content, IReadOnlyList<string> variables) =>
        new([.. variables.Select(variable => JsonValue.Create(content.Samples.GetValueOrDefault(variable, "")))]);

    private static JsonArray Named(ComposedText content, IReadOnlyList<string> variables) =>
        new([.. variables.Select(variable => new JsonObject
        {
            ["param_name"] = variable,
            ["example"] = content.Samples.GetValueOrDefault(variable, ""),
        })]);

    private static JsonObject? Buttons(IReadOnlyList<ComposedButton> buttons) => buttons.Count == 0
        ? null
        : new JsonObject { ["type"] = "BUTTONS", ["buttons"] = new JsonArray([.. buttons.Select(Button)]) };

    private static JsonObject Button(ComposedButton button)
    {
        var written = button switch
        {
            ComposedButton.QuickReply reply => Of("QUICK_REPLY", reply.Label),
            ComposedButton.Url url => Url(url),
            ComposedButton.Phone phone => With(Of("PHONE_NUMBER", phone.Label), "phone_number", phone.Number),
            ComposedButton.CopyCode code => With(Of("COPY_CODE", null), "example", code.Sample),
            ComposedButton.Flow flow => Flow(flow),
            ComposedButton.Catalogue catalogue => Of("CATALOG", catalogue.Label),
            ComposedButton.Products products => Of("MPM", products.Label),
            ComposedButton.Product product => Of("SPM", product.Label),
            ComposedButton.VoiceCall call => Of("VOICE_CALL", call.Label),
            ComposedButton.ContactInfo => Of("REQUEST_CONTACT_INFO", null),
            ComposedButton.OrderDetails order => Of("ORDER_DETAILS", order.Label),
            ComposedButton.Other other => JsonNode.Parse(other.Json) as JsonObject ?? [],
            _ => throw new NotSupportedException($"No wire form for {button.GetType().Name}."),
        };
        Restore(written, button.Rest);
        return written;
    }

    private static JsonObject Url(ComposedButton.Url url)
    {
        var written = With(Of("URL", url.Label), "url", url.Address);
        if (url.Sample is { Length: > 0 } sample && VariablesOf.Text(url.Address).Count > 0)
        {
            written["example"] = new JsonArray(JsonValue.Create(sample));
        }

        return written;
    }

    private static JsonObject Flow(ComposedButton.Flow flow)
    {
        var written = Of("FLOW", flow.Label);
        Put(written, "flow_id", flow.FlowId);
        Put(written, "flow_name", flow.FlowName);
        Put(written, "flow_json", flow.FlowJson);
        written["flow_action"] = flow.Screen is null ? "data_exchange" : "navigate";
        Put(written, "navigate_screen", flow.Screen);
        Put(written, "icon", flow.Icon);
        return written;
    }

    private static JsonObject Card(ComposedCard card, bool named)
    {
        var components = new JsonArray();
        Add(components, card.Header is { } header ? Header(header, named) : null);
        Add(components, card.Body is { } body ? Body(body, named) : null);
        Add(components, Buttons(card.Buttons));
        AddRaw(components, card.Others);
        return new JsonObject { ["components"] = components };
    }

    private static JsonObject Of(string type, string? label)
    {
        var button = new JsonObject { ["type"] = type };
        Put(button, "text", label);
        return button;
    }

    private static JsonObject With(JsonObject written, string name, string value)
    {
        written[name] = value;
        return written;
    }

    private static void Put(JsonObject written, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            written[name] = value;
        }
    }

    private static void Add(JsonArray components, JsonNode? component)
    {
        if (component is not null)
        {
            components.Add(component);
        }
    }

    private static void AddRaw(JsonArray components, IReadOnlyList<string> others)
    {
        foreach (var other in others)
        {
            components.Add(JsonNode.Parse(other));
        }
    }

    private static void Restore(JsonObject written, string? rest)
    {
        foreach (var (name, value) in rest is null ? [] : (JsonObject)JsonNode.Parse(rest)!)
        {
            if (!written.ContainsKey(name))
            {
                written[name] = value?.DeepClone();
            }
        }
    }
}
