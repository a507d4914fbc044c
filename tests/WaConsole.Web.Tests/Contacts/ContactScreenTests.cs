using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Contacts;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Tests.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Contacts;

public sealed class ContactScreenTests : InboxTest
{
    [Fact]
    public async Task The_list_shows_people_and_follows_what_changes_elsewhere()
    {
        Prepare();
        await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var list = Render<ContactsPage>();
        list.WaitForAssertion(() => Assert.Equal("Amina Said", Assert.Single(list.FindAll(".contact-table .who-name b")).TextContent));

        await Host.Get<AddContact>().RunAsync(Caller.System, "Luz Mar", "+55 11 98765-4321", CancellationToken.None);

        list.WaitForAssertion(() => Assert.Equal(["Luz Mar", "Amina Said"], list.FindAll(".contact-table .who-name b").Select(name => name.TextContent)));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("a[download]")));
    }

    [Fact]
    public async Task The_list_is_sorted_by_name_when_asked()
    {
        Prepare();
        foreach (var (at, name) in ((string[])["Boris Yel", "amina Said", "Émile Zed"]).Index())
        {
            await Host.Get<AddContact>().RunAsync(Caller.System, name, $"+49 170 123450{at}", CancellationToken.None);
        }

        var list = Render<ContactsPage>();
        list.WaitForAssertion(() => Assert.Equal(3, list.FindAll(".contact-table .who-name b").Count));
        list.Find("select[aria-label=Order]").Change("name");

        list.WaitForAssertion(() => Assert.Equal(
            ["amina Said", "Boris Yel", "Émile Zed"], list.FindAll(".contact-table .who-name b").Select(name => name.TextContent)));
        Assert.EndsWith("contacts?sort=name", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_a_reason_to_say_what_to_do()
    {
        Prepare();
        var list = Render<ContactsPage>();

        list.WaitForAssertion(() => Assert.Equal("Nobody yet", list.Find(".empty b").TextContent));
    }

    [Fact]
    public async Task Two_contacts_are_merged_after_seeing_what_will_happen_and_the_merge_is_undone()
    {
        Prepare();
        var (amina, other) = (await PersonAsync("Amina Said"), await PersonAsync("Amina at home"));
        var page = Render<ContactPage>(p => p.Add(c => c.Id, amina));
        page.WaitForElement(".contact-head");

        page.WaitForAssertion(() => page.FindAll(".contact-head .page-actions button")[1].Click());
        page.WaitForAssertion(() => page.Find("dialog input[type=search]").Change("home"));
        page.WaitForAssertion(() => page.Find("dialog form").Submit());
        page.WaitForAssertion(() => page.Find("dialog .pick").Click());
        page.WaitForAssertion(() => Assert.Contains("Conversations that move over: 1, of which 1 join", page.Find(".merge-list").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => page.Find("dialog .btn.pri").Click());

        page.WaitForAssertion(() => Assert.Contains("Merged with Amina at home", page.Markup, StringComparison.Ordinal));
        Assert.Equal(amina, (await Host.Get<ReadContact>().RunAsync(Caller.System, other, CancellationToken.None))!.Id);
        page.WaitForAssertion(() => page.FindAll("button").Single(button => button.TextContent == "Undo").Click());

        page.WaitForAssertion(() => Assert.DoesNotContain("Merged with", page.Markup, StringComparison.Ordinal));
        Assert.Equal(other, (await Host.Get<ReadContact>().RunAsync(Caller.System, other, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task A_person_is_named_noted_and_their_fields_filled_in()
    {
        Prepare();
        var amina = await PersonAsync("~mina~");
        await Host.Get<SaveContactField>().RunAsync(Caller.System, new ContactFieldDraft(null, "Shoe size", ContactFieldType.Number, []), CancellationToken.None);
        var page = Render<ContactPage>(p => p.Add(c => c.Id, amina));
        page.WaitForElement(".contact-head");

        page.WaitForAssertion(() => page.FindAll(".contact-head .page-actions button")[0].Click());
        page.WaitForAssertion(() => page.Find("dialog input").Change("Amina Said"));
        page.WaitForAssertion(() => page.Find("dialog form").Submit());
        page.WaitForAssertion(() => Assert.Equal("Amina Said", page.Find("h1").TextContent));

        page.WaitForAssertion(() => page.Find("textarea").Change("Likes walnut"));
        page.WaitForAssertion(() => page.FindAll("form").First().Submit());
        page.WaitForAssertion(() => Assert.Equal("Likes walnut", page.Find(".note-text").TextContent));

        page.WaitForAssertion(() => page.FindAll(".panel-box header button").Single(button => button.TextContent == "Change").Click());
        page.WaitForAssertion(() => page.Find("input[inputmode=decimal]").Change("big"));
        page.WaitForAssertion(() => page.Find(".facts ~ form, form:has(input[inputmode=decimal])").Submit());
        page.WaitForAssertion(() => Assert.Contains("Shoe size: Write a number", page.Find(".problem").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => page.Find("input[inputmode=decimal]").Change("43.5"));
        page.WaitForAssertion(() => page.Find("form:has(input[inputmode=decimal])").Submit());
        page.WaitForAssertion(() => Assert.Equal("43.5", page.Find(".facts dd").TextContent));
    }

    private void Prepare()
    {
        Services.AddSingleton(ActivatorUtilities.CreateInstance<ContactVerbs>(Host.Services));
        var browser = JSInterop.SetupModule(BrowserModule.PathOf("Contacts/ContactsPage"));
        browser.Mode = JSRuntimeMode.Loose;
    }

    private async Task<long> PersonAsync(string name)
    {
        var conversation = await Rows.ConversationAsync(name, TimeSpan.FromHours(10));
        return (await Host.Get<ReadConversation>().RunAsync(Caller.System, conversation, CancellationToken.None))!.ContactId;
    }
}
