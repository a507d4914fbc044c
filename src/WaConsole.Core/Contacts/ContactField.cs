namespace WaConsole.Core.Contacts;

public enum ContactFieldType
{
    Text = 1,
    Number = 2,
    Date = 3,
    YesNo = 4,
    Choice = 5,
}

/// <summary>Something the business keeps about people: customer number, size, birthday. Admins define it, agents fill it in.</summary>
internal sealed class ContactField
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary>The name folded; unique.</summary>
    public string NameKey { get; set; } = "";

    /// <summary>Does not change: the values that are there would no longer be of it.</summary>
    public ContactFieldType Type { get; set; }

    /// <summary>For a choice: what may be chosen, one a line.</summary>
    public string Choices { get; set; } = "";

    public DateTime CreatedAtUtc { get; set; }
}

/// <summary>As ContactFieldRules writes it: the same on both databases and in every language. No row means empty.</summary>
internal sealed class ContactFieldValue
{
    public long ContactId { get; set; }

    public long FieldId { get; set; }

    public string Value { get; set; } = "";
}
