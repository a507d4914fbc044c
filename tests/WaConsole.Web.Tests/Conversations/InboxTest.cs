using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Layout;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Components.Templates;
using WaConsole.Web.Components.Templates.Compose;
using WaConsole.Web.Hosting;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

/// <summary>Components of the inbox on the real Core with a database of their own. Only the browser is stood in for.</summary>
public abstract class InboxTest : BunitContext, IAsyncLifetime
{
    private static readonly string[] Modules =
    [
        "Conversations/Inbox", "Conversations/ConversationList", "Conversations/MessageThread", "Conversations/ReplyBox",
        "Conversations/Lightbox", "Conversations/SoundPlayer", "Shared/LocalTime", "Shared/Menu", "Shared/ModalDialog",
        "CannedReplies/CannedReplyDialog", "Contacts/ContactsPage", "Templates/Compose/Studio",
        "Conversations/Composer", "Conversations/NoteBox", "Layout/NotificationBell", "Layout/Shortcuts", "Shared/FilePick",
    ];

    protected CoreHost Host { get; private set; } = null!;

    /// <summary>What the screens asked the database.</summary>
    protected SeenStatements Seen { get; } = new();

    protected InboxRows Rows { get; private set; } = null!;

    protected Agent Ana { get; private set; } = null!;

    protected static ViewerClock Berlin { get; } = ViewerClock.For("Europe/Berlin");

    /// <summary>Where the Cloud API is; nobody listens there unless a test says so.</summary>
    protected virtual Task<Uri> GraphAsync() => Task.FromResult(new CoreHostOptions().GraphBaseAddress!);

    public async ValueTask InitializeAsync()
    {
        Host = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Services = Seen.NoteIn, GraphBaseAddress = await GraphAsync() });
        Rows = new InboxRows(Host);
        Ana = await Rows.AgentAsync("Ana Marković");

        AddAuthorization().SetAuthorized("ana").SetClaims(new Claim(ClaimTypes.NameIdentifier, Ana.Id.ToString(CultureInfo.InvariantCulture)));
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddScoped(given => new CurrentCaller(given.GetRequiredService<AuthenticationStateProvider>(), Host.Get<ReadCaller>()));
        Services.AddScoped<ViewerZone>();
        Services.AddSingleton<OpenCircuits>();
        Services.AddSingleton<AntiforgeryStateProvider>(new NoForms());
        Services.AddSingleton(ActivatorUtilities.CreateInstance<ConversationVerbs>(Host.Services));
        Services.AddSingleton(ActivatorUtilities.CreateInstance<ReplyVerbs>(Host.Services));
        Services.AddSingleton(ActivatorUtilities.CreateInstance<LibraryVerbs>(Host.Services));
        Services.AddSingleton(ActivatorUtilities.CreateInstance<FindAnything>(Host.Services));
        Services.AddSingleton(ActivatorUtilities.CreateInstance<TemplateVerbs>(Host.Services));
        Services.AddSingleton(ActivatorUtilities.CreateInstance<StudioVerbs>(Host.Services));
        Services.AddScoped(given => new KnownWords(
            Host.Get<Core.CannedReplies.ReadContactWords>(), Host.Get<Core.Capture.MakeOptOutToken>(), given.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>()));
        Services.AddFallbackServiceProvider(Host.Services);

        foreach (var module in Modules)
        {
            var browser = JSInterop.SetupModule(BrowserModule.PathOf(module));
            browser.Mode = JSRuntimeMode.Loose;
            browser.Setup<string?>("zone").SetResult("Europe/Berlin");
        }
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsyncCore();
        await Host.DisposeAsync();
    }

    private sealed class NoForms : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }
}
