using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>Where in the body an item stands.</summary>
internal readonly record struct ItemPlace(
    string BusinessAccountId,
    string Field,
    string? PhoneNumberId,
    string? DisplayPhoneNumber,
    DateTime? EntryTime)
{
    public int Index { get; init; }

    public string? Part { get; init; }

    public bool IsListed { get; init; }

    public T Put<T>(T item, string rawJson)
        where T : WebhookItem
        => (T)(item with
        {
            Index = Index,
            BusinessAccountId = BusinessAccountId,
            Field = Field,
            PhoneNumberId = PhoneNumberId,
            DisplayPhoneNumber = DisplayPhoneNumber,
            EntryTime = EntryTime,
            Part = Part,
            IsListed = IsListed,
            RawJson = rawJson,
        });

    public WebhookItem Unreadable(string reason, JsonElement item) =>
        Put(new WebhookItem.Unreadable(reason), item.GetRawText());

    public WebhookItem Other(JsonElement item) => Put(new OtherItem(), item.GetRawText());
}
