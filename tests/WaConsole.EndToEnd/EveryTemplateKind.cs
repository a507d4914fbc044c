using System.Globalization;

namespace WaConsole.EndToEnd;

/// <summary>How a person composes a template of one kind, and what they fill in to send it: the values the samples said.</summary>
/// <param name="Start">Where in the beginning of the studio.</param>
internal sealed record TemplateKind(string Start, Func<StudioHand, Task> ComposeAsync)
{
    public Func<StudioHand, Task> FillAsync { get; init; } = _ => Task.CompletedTask;
}

/// <summary>Every kind of template the API takes (Meta, Templates, 2026).</summary>
internal static class EveryTemplateKind
{
    private const string Name = "body.first_name";

    public static IReadOnlyDictionary<string, TemplateKind> All { get; } = new Dictionary<string, TemplateKind>
    {
        ["text header, footer and quick replies"] = new("Marketing", async studio =>
        {
            await studio.ChooseAsync("Header", "Text");
            await studio.TypeAsync("header", "Boots for {{town}} today");
            await studio.TypeAsync("header.samples.town", "Porto");
            await studio.BodyAsync("Hello {{first_name}}, our *autumn* boots stand in the window since this morning.");
            await studio.TypeAsync("footer", "Reply STOP to opt out");
            foreach (var label in (string[])["Tell me more", "Not now", "Later", "Stop"])
            {
                await studio.ButtonAsync("QuickReply", ("label", label));
            }
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync("header.town", "Porto");
                await form.FillAsync(Name, "Ines");
            },
        },
        ["numbered variables"] = new("Utility", async studio =>
        {
            await studio.ChooseAsync("Variables", "Numbered");
            await studio.TypeAsync("body", "Hello {{1}}, pair {{2}} has new soles and waits for you at the counter.");
            await studio.TypeAsync("body.samples.1", "Ines");
            await studio.TypeAsync("body.samples.2", "A-1042");
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync("body.1", "Ines");
                await form.FillAsync("body.2", "A-1042");
            },
        },
        ["picture"] = WithFile("Picture", "scratched-boot.jpg", "Hello {{first_name}}, this is the scratch we mend on Thursday, before you collect the pair."),
        ["video"] = WithFile("Video", "squeaky-step.mp4", "Hello {{first_name}}, this is the squeak we heard, and it is gone as of this afternoon."),
        ["document"] = WithFile("Document", "order-AO-2047.pdf", "Hello {{first_name}}, here is the paper of your order, to keep for as long as you like."),
        ["location"] = new("Utility", async studio =>
        {
            await studio.ChooseAsync("Header", "Location");
            await studio.BodyAsync("Hello {{first_name}}, the workshop has moved around the corner, here is where to find us.");
        })
        {
            FillAsync = async form =>
            {
                await form.SendPlaceAsync("52.51", "13.41", "Alder & Oak", "Torstr. 12, Berlin");
                await form.FillAsync(Name, "Ines");
            },
        },
        ["links and phone"] = new("Utility", async studio =>
        {
            await studio.BodyAsync("Hello {{first_name}}, your parcel left the workshop and is on its way to the station.");
            await studio.ButtonAsync("Url", ("label", "Our hours"), ("address", "https://alder-oak.example/hours"));
            await studio.ButtonAsync("Url", ("label", "Follow it"), ("address", "https://alder-oak.example/p/{{1}}"), ("sample", "https://alder-oak.example/p/2047"));
            await studio.ButtonAsync("Phone", ("label", "Call us"), ("number", "+493023125100"));
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync(Name, "Ines");
                await form.FillAsync("button.1", "2047");
            },
        },
        ["code to copy"] = new("Marketing", async studio =>
        {
            await studio.BodyAsync("Hello {{first_name}}, a fifth of the price is ours this week, with this word.");
            await studio.ButtonAsync("CopyCode", ("sample", "AUTUMN20"));
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync(Name, "Ines");
                await form.FillAsync("button.0", "AUTUMN20");
            },
        },
        ["form"] = Named("Utility", "Hello {{first_name}}, when may we measure your feet for the new pair of boots?", studio =>
            studio.ButtonAsync("Flow", ("label", "Choose a time"), ("flow", "440000000000001"), ("screen", "START"))),
        ["whole catalogue"] = Named("Catalogue", "Hello {{first_name}}, everything we make this winter stands in one place now.", studio =>
            studio.TypeAsync("buttons[0].label", "View catalog")),
        ["several products"] = new("Marketing", async studio =>
        {
            await studio.ChooseAsync("Header", "Text");
            await studio.TypeAsync("header", "Made this week");
            await studio.BodyAsync("Hello {{first_name}}, these came from the workshop on Monday and are rather few.");
            await studio.ButtonAsync("Products", ("label", "View items"));
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync(Name, "Ines");
                await form.FillAsync("groups.0.title", "Boots");
                await form.PickProductsAsync(2);
            },
        },
        ["one product"] = new("Marketing", async studio =>
        {
            await studio.BodyAsync("Hello {{first_name}}, the pair you asked about in spring is back in your size.");
            await studio.ButtonAsync("Product", ("label", "View"));
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync(Name, "Ines");
                await form.PickEachProductAsync();
            },
        },
        ["permission to call"] = Named("Utility", "Hello {{first_name}}, may we call you about the fitting of your pair next week?", studio => studio.AskToCallAsync()),
        ["contact info"] = Named("Utility", "Hello {{first_name}}, we only know your name here: may we have your number for the courier?", async studio =>
            await studio.ButtonAsync("ContactInfo")),
        ["voice call"] = Named("Utility", "Hello {{first_name}}, the master is at the telephone until six if you like to talk.", studio =>
            studio.ButtonAsync("VoiceCall", ("label", "Call on WhatsApp"))),
        ["order details"] = new("Utility", async studio =>
        {
            await studio.BodyAsync("Hello {{first_name}}, your order is packed and waits for its payment at the workshop.");
            await studio.ButtonAsync("OrderDetails", ("label", "Review and pay"));
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync(Name, "Ines");
                await form.FillAsync(
                    "button.0",
                    """
                    {"reference_id":"AO-2047","type":"physical-goods","currency":"INR","total_amount":{"value":2500,"offset":100},
                     "order":{"status":"pending","items":[{"retailer_id":"boots","name":"Boots","amount":{"value":2500,"offset":100},"quantity":1}],"subtotal":{"value":2500,"offset":100}}}
                    """);
            },
        },
        ["limited-time offer"] = new("Offer", async studio =>
        {
            await studio.ChooseAsync("Header", "Picture");
            await studio.FileAsync("header", "scratched-boot.jpg");
            await studio.TypeAsync("offer.text", "Three days only");
            await studio.BodyAsync("Hello {{first_name}}, all laces and soles for a fifth less.");
            await studio.TypeAsync("buttons[0].sample", "LACES20");
            await studio.TypeAsync("buttons[1].label", "Shop");
            await studio.TypeAsync("buttons[1].address", "https://alder-oak.example/laces");
        })
        {
            FillAsync = async form =>
            {
                await form.SendFileAsync("scratched-boot.jpg");
                await form.FillAsync("offer.ends", TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
                await form.FillAsync(Name, "Ines");
                await form.FillAsync("button.0", "LACES20");
            },
        },
        ["cards with pictures"] = new("Cards", async studio =>
        {
            await studio.BodyAsync("Hello {{first_name}}, two pairs for the rain:");
            for (var card = 0; card < 2; card++)
            {
                await studio.FileAsync($"cards[{card}].header", "scratched-boot.jpg");
                await studio.TypeAsync($"cards[{card}].body", card == 0 ? "For the town" : "For the woods");
                await studio.TypeAsync($"cards[{card}].buttons[0].label", "See it");
                await studio.TypeAsync($"cards[{card}].buttons[0].address", "https://alder-oak.example/b/{{1}}");
                await studio.TypeAsync($"cards[{card}].buttons[0].sample", $"https://alder-oak.example/b/{card}");
            }
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync(Name, "Ines");
                for (var card = 0; card < 2; card++)
                {
                    await form.SendFileAsync("scratched-boot.jpg", card);
                    await form.FillAsync($"card.{card}.button.0", card.ToString(CultureInfo.InvariantCulture));
                }
            },
        },
        ["cards with products"] = new("Cards", async studio =>
        {
            await studio.BodyAsync("Hello {{first_name}}, two pairs of ours that others liked:");
            await studio.ChooseAsync("Header of the cards", "Product");
            await studio.RemoveButtonAsync("cards[0].buttons");
            await studio.ButtonAsync("Product", "cards[0].buttons");
            await studio.TypeAsync("cards[0].buttons[0].label", "View");
            await studio.TypeAsync("cards[1].buttons[0].label", "View");
        })
        {
            FillAsync = async form =>
            {
                await form.FillAsync(Name, "Ines");
                await form.PickEachProductAsync();
            },
        },
        ["sign-in code to copy"] = Code("Copy code", studio => studio.TypeAsync("code.expires", "10")),
        ["sign-in code, one tap"] = Code("One tap", AppAsync),
        ["sign-in code, no tap"] = Code("No tap", async studio =>
        {
            await AppAsync(studio);
            await studio.TermsAsync();
        }),
    };

    private static TemplateKind Named(string start, string body, Func<StudioHand, Task> composeAsync) => new(start, async studio =>
    {
        await studio.BodyAsync(body);
        await composeAsync(studio);
    })
    {
        FillAsync = form => form.FillAsync(Name, "Ines"),
    };

    private static TemplateKind WithFile(string kind, string file, string body) => new("Utility", async studio =>
    {
        await studio.ChooseAsync("Header", kind);
        await studio.FileAsync("header", file);
        await studio.BodyAsync(body);
    })
    {
        FillAsync = async form =>
        {
            await form.SendFileAsync(file);
            await form.FillAsync(Name, "Ines");
        },
    };

    private static TemplateKind Code(string delivery, Func<StudioHand, Task> composeAsync) => new("Code", async studio =>
    {
        await studio.ChooseAsync("How the code reaches the app", delivery);
        await composeAsync(studio);
    })
    {
        FillAsync = form => form.FillAsync("body.1", "123456"),
    };

    private static async Task AppAsync(StudioHand studio)
    {
        // Which of the two a phone shows depends on the app it has.
        await studio.TypeAsync("code.label", "Take the code");
        await studio.TypeAsync("code.fillin", "Take the code");
        await studio.AddAppAsync();
        await studio.TypeAsync("code.apps[0].package", "com.acme.app");
        await studio.TypeAsync("code.apps[0].hash", "K8a/AINcGX7");
    }
}
