using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Capture;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Rights;

/// <summary>Somebody who had stopped everything was erased and is here again: their own word ends that stop, and nobody else's does.</summary>
public sealed class ErasedAgainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Their_own_START_ends_the_stop_of_everything_is_no_consent_and_is_on_record(DatabaseProvider provider)
    {
        await using var bench = await ErasedAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.hello", "Hello", At(bench))));
        Assert.Equal([await bench.ContactAsync()], await WithoutEverythingAsync(bench));

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.start", "START", At(bench))));

        Assert.Empty(await WithoutEverythingAsync(bench));
        var view = await bench.ViewAsync();
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.None, view.Standing.Of(purpose).What));
        var ending = await bench.Core.WithDbAsync(db => MarkDeeds.In(db).AsNoTracking().OrderBy(e => e.Id).LastAsync(Token));
        Assert.Equal((ConsentAction.StopLifted, ConsentSource.Keyword), (ending.Action, ending.Source));
        await VerifiesAsync(bench);

        // One that was ended does not come back by hand, nor is it missed.
        await bench.Core.WithDbAsync(async db =>
        {
            db.ConsentSuppressions.Add(new ConsentSuppression { Mark = Assert.Single(MarkDeeds.Unpack(ending.Marks!)), AtUtc = ending.AtUtc });
            await db.SaveChangesAsync(Token);
        });
        Assert.Equal(TamperKind.MarkExtra, Assert.Single((await bench.Core.Get<VerifyConsent>().RunAsync(Token)).Found).Kind);
    }

    [Theory, EveryDatabase]
    public async Task Agreeing_anew_to_everything_ends_it_and_agreeing_to_offers_leaves_the_rest_stopped(DatabaseProvider provider)
    {
        await using var bench = await ErasedAsync(provider);
        await bench.PageAsync();
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.offers", (await InviteAsync(bench)).Text, At(bench))));

        var standing = (await bench.ViewAsync()).Standing;
        Assert.Equal((Standing.OptedIn, Standing.OptedOut), (standing.Marketing.What, standing.Utility.What));
        Assert.NotEmpty(await WithoutEverythingAsync(bench));

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var all = await bench.WordingAsync(purpose: ConsentPurpose.All);
        await bench.PageAsync(form => form with { Slug = "all" }, all);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.all", (await InviteAsync(bench, "all")).Text, At(bench))));

        standing = (await bench.ViewAsync()).Standing;
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedIn, standing.Of(purpose).What));
        Assert.Empty(await WithoutEverythingAsync(bench));
        await VerifiesAsync(bench);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_else_ends_it_and_a_START_from_before_the_erasure_does_not_either(DatabaseProvider provider)
    {
        await using var bench = await ErasedAsync(provider);
        var person = Assert.IsType<AddContactOutcome.Added>(await bench.Core.Get<AddContact>().RunAsync(Caller.System, "", "+" + Hooks.Amina, Token)).ContactId;
        foreach (var source in (ConsentSource[])[ConsentSource.Agent, ConsentSource.Api, ConsentSource.Import, ConsentSource.InStore, ConsentSource.WhatsAppMessage])
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await SeedOptIn.KeepAsync(bench.Core, person, new NewConsent(ConsentPurpose.All, ConsentAction.Granted, source, At(bench))
            {
                BusinessName = "Cafe Luna",
                Wording = new ShownWording(null, null, "en", "0", HasAllParts: true),
                Basis = LawfulBasis.Consent,
                Jurisdiction = "DE",
                Evidence = new ConsentEvidence { Note = "Said so" },
            });
        }

        Assert.Equal([person], await WithoutEverythingAsync(bench));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.stop", "STOPALL", At(bench))));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.late", "START", Hooks.Noon.AddMinutes(-30))));
        Assert.Equal([person], await WithoutEverythingAsync(bench));
        await VerifiesAsync(bench);
    }

    [Theory, EveryDatabase]
    public async Task Becoming_one_with_somebody_who_agreed_does_not_end_it(DatabaseProvider provider)
    {
        await using var bench = await ErasedAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.back", "Hello again", At(bench))));
        var back = await bench.ContactAsync();
        var agreed = Assert.IsType<AddContactOutcome.Added>(await bench.Core.Get<AddContact>().RunAsync(Caller.System, "Her other number", "+4915100000077", Token)).ContactId;
        await SeedOptIn.KeepAsync(bench.Core, agreed, new NewConsent(ConsentPurpose.All, ConsentAction.Granted, ConsentSource.Agent, Hooks.Noon.AddDays(-30))
        {
            BusinessName = "Cafe Luna",
            Wording = new ShownWording(null, null, "en", "0", HasAllParts: true),
            Basis = LawfulBasis.Consent,
            Jurisdiction = "DE",
            Evidence = new ConsentEvidence { Note = "Said so" },
        });

        Assert.IsType<MergePeopleOutcome.Merged>(await bench.Core.Get<MergePeople>().RunAsync(Caller.System, agreed, back, Token));

        var standing = (await bench.Core.Get<ReadConsent>().RunAsync(Caller.System, agreed, Token))!.Standing;
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedOut, standing.Of(purpose).What));
        await VerifiesAsync(bench);
    }

    [Theory, EveryDatabase]
    public async Task Being_erased_once_more_keeps_it_for_an_id_that_is_new(DatabaseProvider provider)
    {
        await using var bench = await ErasedAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.back", "Hello again", At(bench), userId: "DE.9")));
        var person = await bench.ContactAsync();
        var name = (await bench.Core.Get<ErasePerson>().NameAsync(Caller.System, person, Token))!;
        Assert.IsType<ErasePersonOutcome.Erased>(await bench.Core.Get<ErasePerson>().RunAsync(Caller.System, person, name, Token));
        bench.Clock.Advance(TimeSpan.FromHours(1));

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.third", "Me", At(bench), from: null, userId: "DE.9")));

        Assert.Equal([await bench.ContactAsync()], await WithoutEverythingAsync(bench));
        await VerifiesAsync(bench);
    }

    private static DateTime At(CaptureBench bench) => bench.Clock.GetUtcNow().UtcDateTime;

    private static async Task<InviteView> InviteAsync(CaptureBench bench, string slug = "luna") =>
        Assert.Single((await bench.Core.Get<ListOptInPages>().RunAsync(Caller.System, Token)).Single(page => page.Slug == slug).Invites);

    private static async Task<IReadOnlySet<long>> WithoutEverythingAsync(CaptureBench bench)
    {
        var contact = await bench.ContactAsync();
        return await bench.Core.WithDbAsync(db => Suppressions.WithoutEverythingAsync(db, [contact], Token));
    }

    private static async Task VerifiesAsync(CaptureBench bench)
    {
        await bench.Core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await bench.Core.Get<VerifyConsent>().RunAsync(Token)).Found);
    }

    private static async Task<CaptureBench> ErasedAsync(DatabaseProvider provider)
    {
        var bench = await CaptureBench.StartAsync(provider);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.stopall", "STOPALL")));
        var person = await bench.ContactAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        var name = (await bench.Core.Get<ErasePerson>().NameAsync(Caller.System, person, Token))!;
        Assert.IsType<ErasePersonOutcome.Erased>(await bench.Core.Get<ErasePerson>().RunAsync(Caller.System, person, name, Token));
        bench.Clock.Advance(TimeSpan.FromHours(1));
        return bench;
    }
}
