using WaConsole.CloudApi;

namespace WaConsole.Core.Templates;

/// <summary>The header file as WhatsApp knows it, with the name a document shows.</summary>
internal sealed record HeaderMedia(string WhatsAppMediaId, string? FileName);

/// <summary>Pure: definition and values to the wire's template. Every field becomes a parameter; none is skipped.</summary>
internal static class BuildTemplateMessage
{
    public static OutboundContent.Template Run(TemplateView template, TemplateValues values, HeaderMedia? headerMedia)
    {
        List<TemplateComponent> components = [];
        List<TemplateParameter> body = [];
        foreach (var field in template.Fields)
        {
            var (place, name) = Split(field.Key);
            switch (field.Kind)
            {
                case TemplateFieldKind.Text when place == "header":
                    components.Add(new TemplateComponent.Header(Text(name, values, field)));
                    break;
                case TemplateFieldKind.Text:
                    body.Add(Text(name, values, field));
                    break;
                case TemplateFieldKind.Location:
                    components.Add(new TemplateComponent.Header(Location(values)));
                    break;
                case TemplateFieldKind.UrlSuffix:
                    components.Add(new TemplateComponent.UrlButton(IndexOf(name), Value(values, field)));
                    break;
                case TemplateFieldKind.CopyCode:
                    components.Add(new TemplateComponent.CopyCodeButton(IndexOf(name), Value(values, field)));
                    break;
                default:
                    components.Add(new TemplateComponent.Header(Media(field.Kind, headerMedia)));
                    break;
            }
        }

        if (body.Count > 0)
        {
            var afterHeader = components.FindIndex(component => component is not TemplateComponent.Header);
            components.Insert(afterHeader < 0 ? components.Count : afterHeader, new TemplateComponent.Body(body));
        }

        return new OutboundContent.Template(template.Name, template.Language, components);
    }

    private static TemplateParameter.Text Text(string name, TemplateValues values, TemplateField field) =>
        new(Value(values, field), TemplateDefinition.IsPosition(name) ? null : name);

    private static TemplateParameter.Location Location(TemplateValues values)
    {
        var place = values.HeaderLocation ?? throw new InvalidOperationException("The header location is missing.");
        return new TemplateParameter.Location(place.Latitude, place.Longitude, place.Name, place.Address);
    }

    private static TemplateParameter Media(TemplateFieldKind kind, HeaderMedia? file)
    {
        var media = new MediaRef.Id((file ?? throw new InvalidOperationException("The header file is missing.")).WhatsAppMediaId);
        return kind switch
        {
            TemplateFieldKind.Image => new TemplateParameter.Image(media),
            TemplateFieldKind.Video => new TemplateParameter.Video(media),
            _ => new TemplateParameter.Document(media, file.FileName),
        };
    }

    private static string Value(TemplateValues values, TemplateField field) =>
        values.Texts.TryGetValue(field.Key, out var value) ? value : throw new InvalidOperationException("A template value is missing.");

    private static int IndexOf(string name) => int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);

    private static (string Place, string Name) Split(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return (key[..dot], key[(dot + 1)..]);
    }
}
