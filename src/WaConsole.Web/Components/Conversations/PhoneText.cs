using PhoneNumbers;

namespace WaConsole.Web.Components.Conversations;

public static class PhoneText
{
    /// <summary>Digits as WhatsApp writes them, grouped as people of that country do: "+55 11 98765-4321". Unknown ones keep their digits.</summary>
    public static string Of(string digits)
    {
        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            return phones.Format(phones.Parse("+" + digits.TrimStart('+'), null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return "+" + digits.TrimStart('+');
        }
    }
}
