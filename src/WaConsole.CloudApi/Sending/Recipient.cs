namespace WaConsole.CloudApi;

/// <summary>Whom a message goes to.</summary>
public abstract record Recipient
{
    private Recipient()
    {
    }

    /// <summary>Does not show whom: recipients end up in logs.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>
    /// A phone number. Sent with a leading plus: without it Meta may put the business number's country code in front
    /// (developers.facebook.com, send messages, 2026).
    /// </summary>
    /// <param name="Number">International form; plus, spaces and punctuation do not matter.</param>
    public sealed record Phone(string Number) : Recipient
    {
        public string E164 { get; } = Normalise(Number);

        private static string Normalise(string number)
        {
            var digits = string.Concat(number.Where(char.IsAsciiDigit));
            return digits.Length > 0
                ? "+" + digits
                : throw new ArgumentException("A phone number needs digits.", nameof(number));
        }
    }

    /// <summary>
    /// A business-scoped user id (<c>DE.1029…</c>) or parent id (<c>DE.ENT.99…</c>), passed on untouched.
    /// </summary>
    public sealed record UserId(string Bsuid) : Recipient;

    /// <summary>
    /// A group's id. Only text, media, templates of text or media, and pins go to groups (groups, November 2025).
    /// </summary>
    public sealed record Group(string Id) : Recipient;
}
