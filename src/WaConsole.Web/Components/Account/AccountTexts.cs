namespace WaConsole.Web.Components.Account;

/// <summary>Names the resource file with the account pages' texts.</summary>
public sealed class AccountTexts;
