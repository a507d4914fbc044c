using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Tests.Intake;

/// <summary>Every column of every row that intake writes, comparable between two databases.</summary>
internal static class AllRows
{
    /// <summary>Made at random, or how far the work is cut into pieces.</summary>
    private static readonly HashSet<string> LeftOut = ["MediaFile.Key", "Delivery.ProcessedAtUtc"];

    private static readonly Dictionary<string, Type> Pointers = new()
    {
        ["ContactId"] = typeof(Contact),
        ["MergedIntoId"] = typeof(Contact),
        ["ConversationId"] = typeof(Conversation),
        ["MessageId"] = typeof(Message),
        ["LastMessageId"] = typeof(Message),
        ["FirstUnreadMessageId"] = typeof(Message),
        ["ReplyToMessageId"] = typeof(Message),
        ["MediaFileId"] = typeof(MediaFile),
        ["DeliveryId"] = typeof(Delivery),
    };

    public static async Task<List<string>> ReadAsync(WaConsoleDb db)
    {
        var rows = new Dictionary<Type, List<object>>
        {
            [typeof(Contact)] = await AllAsync<Contact>(db),
            [typeof(ContactIdentifier)] = await AllAsync<ContactIdentifier>(db),
            [typeof(Conversation)] = await AllAsync<Conversation>(db),
            [typeof(Message)] = await AllAsync<Message>(db),
            [typeof(MessageStatusFact)] = await AllAsync<MessageStatusFact>(db),
            [typeof(Reaction)] = await AllAsync<Reaction>(db),
            [typeof(MediaFile)] = await AllAsync<MediaFile>(db),
            [typeof(OutboxEntry)] = await AllAsync<OutboxEntry>(db),
            [typeof(ParkedItem)] = await AllAsync<ParkedItem>(db),
            [typeof(QuarantinedItem)] = await AllAsync<QuarantinedItem>(db),
            [typeof(Number)] = await AllAsync<Number>(db),
            [typeof(Delivery)] = await AllAsync<Delivery>(db),
            [typeof(HandledItem)] = [.. await db.HandledItems.AsNoTracking().OrderBy(h => h.ItemHash).ToListAsync()],
            [typeof(IntakeCounter)] = [.. await db.IntakeCounters.AsNoTracking().OrderBy(c => c.BusinessAccountId).ToListAsync()],
        };
        var ranks = rows.ToDictionary(kind => kind.Key, kind => RanksOf(db.Model.FindEntityType(kind.Key)!, kind.Value));
        return [.. rows.SelectMany(kind => kind.Value.Select(row => Text(db.Model.FindEntityType(kind.Key)!, row, ranks)))];
    }

    private static async Task<List<object>> AllAsync<T>(WaConsoleDb db)
        where T : class =>
        [.. await db.Set<T>().AsNoTracking().OrderBy(row => EF.Property<long>(row, "Id")).ToListAsync()];

    private static Dictionary<long, int> RanksOf(IEntityType type, List<object> rows) => type.FindProperty("Id") is { } id
        ? rows.Select((row, at) => (Id: (long)id.GetGetter().GetClrValue(row)!, at)).ToDictionary(pair => pair.Id, pair => pair.at)
        : [];

    private static string Text(IEntityType type, object row, Dictionary<Type, Dictionary<long, int>> ranks)
    {
        var name = type.ClrType.Name;
        var values = type.GetProperties()
            .Where(property => !property.IsShadowProperty() && !LeftOut.Contains($"{name}.{property.Name}"))
            .Select(property => $"{property.Name}={ValueOf(property, row, type.ClrType, ranks)}");
        return $"{name} {string.Join(' ', values)}";
    }

    private static string ValueOf(IProperty property, object row, Type type, Dictionary<Type, Dictionary<long, int>> ranks)
    {
        var value = property.GetGetter().GetClrValue(row);
        if (value is long id && (property.Name == "Id" ? type : Pointers.GetValueOrDefault(property.Name)) is { } target)
        {
            return ranks[target].TryGetValue(id, out var rank) ? rank.ToString(CultureInfo.InvariantCulture) : "gone";
        }

        return value switch
        {
            null => "",
            byte[] bytes => Convert.ToHexString(bytes),
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
    }
}
