using WaConsole.Core;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Account;
using WaConsole.Web.Components.Guides;
using WaConsole.Web.ContactFiles;
using WaConsole.Web.Hosting;
using WaConsole.Web.ImportFiles;
using WaConsole.Web.Live;
using WaConsole.Web.MediaFiles;
using WaConsole.Web.PublicPages;
using WaConsole.Web.RightsFiles;
using WaConsole.Web.Webhooks;

var builder = WebApplication.CreateBuilder(InstallFolders.Options(args));

builder.UseInstallFolders();
builder.AddConsoleListener();
builder.AddTelemetry();
builder.Services.AddWaConsoleCore();
builder.Services.AddConsoleStart();
builder.Services.AddSignIn();
builder.Services.AddSignInRate();
builder.Services.AddPublicPages();
builder.Services.AddScreen();
builder.Services.AddHealth();
builder.Services.AddProblemDetails();
builder.Services.AddRestApi();
builder.Services.AddLiveHub(builder.Configuration);

var app = builder.Build();
app.PrepareDatabase();

app.UseProxy();
app.UseSecurityHeaders();
app.UseErrorPage();
app.UseAuthentication();
app.UseLanguage();
app.UseAuthorization();
app.UseRateLimiter();
app.UseAntiforgeryOrRefuse();

app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapWhatsAppWebhook();
app.MapAccount();
app.MapLanguage();
app.MapPublicPages();
app.MapGuides();
app.MapRestApi();
app.MapMediaFiles();
app.MapContactDownloads();
app.MapImports();
app.MapProofs();
app.MapPersonDownloads();
app.MapLiveHub();
app.MapScreen();
app.PrepareEndpoints();

await app.RunCommandOrConsoleAsync(args);
