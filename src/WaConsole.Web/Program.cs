using WaConsole.Core;
using WaConsole.Web.Components;
using WaConsole.Web.Components.Account;
using WaConsole.Web.Hosting;
using WaConsole.Web.Webhooks;

var builder = WebApplication.CreateBuilder(InstallFolders.Options(args));

builder.UseInstallFolders();
builder.AddConsoleListener();
builder.Services.AddWaConsoleCore();
builder.Services.AddConsoleStart();
builder.Services.AddSignIn();
builder.Services.AddScreen();

var app = builder.Build();

app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapWhatsAppWebhook();
app.MapAccount();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

await app.RunAsync();
