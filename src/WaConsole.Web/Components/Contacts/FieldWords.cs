using System.Globalization;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Contacts;

namespace WaConsole.Web.Components.Contacts;

/// <summary>The value of a contact's field as people read it.</summary>
internal static class FieldWords
{
    public static string Shown(IStringLocalizer<ContactTexts> text, FieldValueView field) => (field.Field.Type, field.Value) switch
    {
        (_, null) => "–",
        (ContactFieldType.YesNo, ContactFieldRules.Yes) => text["Yes"],
        (ContactFieldType.YesNo, _) => text["No"],
        (ContactFieldType.Date, { } day) when DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
            date.ToString("d MMM yyyy", CultureInfo.CurrentCulture),
        (_, { } value) => value,
    };
}
