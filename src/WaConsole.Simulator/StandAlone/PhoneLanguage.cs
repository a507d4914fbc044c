using System.Globalization;
using Microsoft.AspNetCore.Localization;
using WaConsole.Web.Hosting;

namespace WaConsole.Simulator.StandAlone;

/// <summary>On its own the phone speaks what the browser asks for. Inside the console the console decides.</summary>
internal static class PhoneLanguage
{
    private static readonly string[] Languages = ["en", "es", "pt-BR", "hi", "ar", "id"];

    public static string Name => CultureInfo.CurrentUICulture.Name;

    public static string Direction => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    public static void UsePhoneLanguage(this WebApplication app)
    {
        var options = new RequestLocalizationOptions
        {
            RequestCultureProviders = [new CustomRequestCultureProvider(context => Task.FromResult(Asked(context.Request)))],
        };
        app.UseRequestLocalization(options.SetDefaultCulture("en").AddSupportedCultures(Languages).AddSupportedUICultures(Languages));
    }

    private static ProviderCultureResult? Asked(HttpRequest request) =>
        AskedLanguage.Of(request.Headers.AcceptLanguage.ToString(), Languages) is { } language ? new ProviderCultureResult(language) : null;
}
