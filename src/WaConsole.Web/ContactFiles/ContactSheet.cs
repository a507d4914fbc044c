using System.Globalization;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Contacts;
using WaConsole.Web.Components.Contacts;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.ContactFiles;

/// <summary>The columns of an export: fixed ones, then one for each field.</summary>
internal sealed class ContactSheet(ContactExportHead head, IStringLocalizer<ContactTexts> words)
{
    public IReadOnlyList<string> Header { get; } =
    [
        .. Unlike(
        [
            words["ColumnId"], words["ColumnName"], words["Phone"], words["ColumnUsername"], words["ColumnUserId"], words["Country"], words["Labels"],
            words["ColumnSince"], words["ColumnLast"], words["ColumnWindow"], words["ColumnOptedOut"], words["ColumnBlocked"],
            .. head.Fields,
        ]),
    ];

    public static IReadOnlyList<string> Cells(ContactExportRow row) =>
    [
        row.Contact.Id.ToString(CultureInfo.InvariantCulture),
        SafeCell.Of(row.Contact.Name),
        row.Contact.Phone ?? "",
        SafeCell.Of(row.Contact.Username),
        SafeCell.Of(row.Contact.UserId),
        Countries.NameOf(row.Contact.Country) ?? "",
        SafeCell.Of(string.Join(", ", row.Labels)),
        Moment(row.Contact.SinceUtc),
        Moment(row.Contact.LastActivityAtUtc),
        Moment(row.Contact.WindowExpiresAtUtc),
        Moment(row.Contact.OptedOutAtUtc),
        Moment(row.Contact.BlockedAtUtc),
        .. row.Fields.Select(SafeCell.Of),
    ];

    private static string Moment(DateTime? utc) => utc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A field may be called like a column of ours; a sheet needs each name once.</summary>
    private static IEnumerable<string> Unlike(IEnumerable<string> names)
    {
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names.Select(SafeCell.Of))
        {
            var free = name;
            for (var at = 2; !used.Add(free); at++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name} ({at})");
            }

            yield return free;
        }
    }
}
