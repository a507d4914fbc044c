using System.Globalization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace WaConsole.Web.Hosting;

/// <summary>A circuit speaks one language for its whole life: a browser that comes back after another was chosen must not get half of each.</summary>
internal sealed class CircuitLanguage : CircuitHandler
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _language = CultureInfo.CurrentUICulture;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        CultureInfo.CurrentCulture = _culture;
        CultureInfo.CurrentUICulture = _language;
        return next(context);
    };
}
