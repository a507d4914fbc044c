using System.Reflection;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing.Architecture;

namespace WaConsole.Core.Tests.Architecture;

/// <summary>The arrows between the areas of Core, as docs/architecture.md draws them.</summary>
public sealed class AreaTests
{
    private const string Planted = "WaConsole.Core.Tests.Architecture.Planted";

    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Live"] = [],
        ["Resources"] = [],
        ["Countries"] = [],
        ["Storage"] = ["Resources"],
        ["Window"] = ["Live", "Storage"],
        ["Labels"] = ["Team", "Live", "Storage", "Resources"],
        ["Consent"] = ["Countries", "Media", "Live", "Storage"],
        ["OptIns"] = ["Consent", "Policy", "Contacts", "Countries", "Templates", "Media", "Numbers", "Team", "Live", "Storage", "Resources"],
        ["Rights"] = ["Intake", "OptIns", "Consent", "Contacts", "Media", "Team", "Live", "Storage", "Resources"],
        ["Capture"] =
            ["OptIns", "Consent", "Conversations", "Notifications", "Policy", "Sending", "Contacts", "Templates", "Numbers", "Team", "Live", "Storage", "Resources"],
        ["Contacts"] = ["Consent", "Countries", "Labels", "Window", "Media", "Numbers", "Team", "Live", "Storage", "Resources"],
        ["Team"] = ["Live", "Storage", "Resources"],
        ["Numbers"] = ["Team", "Live", "Storage", "Resources"],
        ["Templates"] = ["Policy", "Window", "Media", "Numbers", "Team", "Live", "Storage", "Resources"],
        ["Media"] = ["Numbers", "Team", "Live", "Storage", "Resources"],
        ["Library"] = ["Media", "Team", "Storage", "Resources"],
        ["Interactive"] = ["Storage", "Resources"],
        ["Hours"] = ["Window", "Team", "Live", "Storage", "Resources"],
        ["Policy"] = ["Storage", "Resources"],
        ["Pricing"] = [],
        ["Catalogue"] = ["Numbers", "Team", "Storage", "Resources"],
        ["Sending"] = ["Consent", "Countries", "Interactive", "Notifications", "Window", "Contacts", "Templates", "Media", "Numbers", "Team", "Live", "Storage", "Resources"],
        ["Conversations"] =
            ["Consent", "Interactive", "Policy", "Pricing", "Hours", "Notifications", "Labels", "Sending", "Window", "Contacts", "Templates", "Media", "Numbers", "Team", "Live", "Storage", "Resources"],
        ["Notifications"] = ["Team", "Live", "Storage", "Resources"],
        ["CannedReplies"] = ["Contacts", "Team", "Live", "Storage", "Resources"],
        ["Demo"] = ["OptIns", "Consent", "Conversations", "Countries", "Window", "Contacts", "Media", "Team", "Live", "Storage", "Resources"],
        ["Intake"] = ["Consent", "Conversations", "Contacts", "Templates", "Media", "Numbers", "Team", "Live", "Storage", "Resources"],
        ["Health"] = ["Intake", "Sending", "Team", "Live", "Storage"],
    };

    /// <summary>Message.ContentJson and Message.ReplyJson with their stored forms, and the rank of Message.Status.</summary>
    private static readonly Type[] Contents =
        [
            typeof(MessageContent), typeof(TemplateButton), typeof(ChoiceSection), typeof(ChoiceRow), typeof(SentCard), typeof(SentFile),
            typeof(SentProduct), typeof(SentOffer), typeof(SentTemplateCard), typeof(ContactCard), typeof(ReplyContent),
            typeof(ContentJson), typeof(ReplyJson), typeof(DeliveryStatusRules),
        ];

    [Fact]
    public void Areas_point_one_way()
    {
        Assert.Null(AreaRules.Circle(Arrows));
        Offences.None(AreaRules.Against(TypeUses.In(typeof(SendGate).Assembly), "WaConsole.Core", Arrows, Rows()));
    }

    [Fact]
    public void An_arrow_drawn_back_is_seen_even_inside_an_asynchronous_body()
    {
        var uses = TypeUses.In(Assembly.GetExecutingAssembly());
        var offence = Assert.Single(AreaRules.Against(
            uses, Planted, new Dictionary<string, string[]> { ["Above"] = ["Below"] }, new HashSet<string>()));
        Assert.StartsWith("Below → Above", offence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_among_the_arrows_is_seen()
    {
        Assert.Equal("A → B → C → A", AreaRules.Circle(new Dictionary<string, string[]> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A"] }));
    }

    /// <summary>
    /// What tables hold is common ground: one database, whose rows point at each other; so is the content that rows hold as JSON.
    /// What acts on them is not.
    /// </summary>
    private static HashSet<string> Rows()
    {
        var tables = typeof(WaConsoleDb).GetProperties()
            .Where(property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>))
            .Select(property => property.PropertyType.GetGenericArguments()[0])
            .ToList();
        var columns = tables.SelectMany(table => table.GetProperties()).Select(column => Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType);
        return [.. tables.Concat(columns).Concat(Contents).Select(type => type.FullName!)];
    }
}
