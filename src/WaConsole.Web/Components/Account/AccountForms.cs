namespace WaConsole.Web.Components.Account;

// Shapes of the posted forms. Every field may be missing in a request somebody made by hand.

internal sealed class SignInForm
{
    public string Email { get; set; } = "";

    public string Password { get; set; } = "";

    public bool Remember { get; set; }
}

internal sealed class CodeForm
{
    public string Code { get; set; } = "";

    public bool RememberDevice { get; set; }
}

internal sealed class SetUpForm
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public string Password { get; set; } = "";
}

internal sealed class JoinForm
{
    public string Name { get; set; } = "";

    public string Password { get; set; } = "";
}

internal sealed class PasswordForm
{
    public string Current { get; set; } = "";

    public string Password { get; set; } = "";
}

internal sealed class LanguageForm
{
    public string Language { get; set; } = "";

    public string TimeZone { get; set; } = "";
}

internal sealed class PreferencesForm
{
    public bool EnterSends { get; set; }

    public int UndoSeconds { get; set; }

    public bool SingleKeys { get; set; }
}
