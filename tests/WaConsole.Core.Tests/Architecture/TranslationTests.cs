using System.Xml.Linq;
using WaConsole.Testing;
using WaConsole.Testing.Architecture;

namespace WaConsole.Core.Tests.Architecture;

public sealed class TranslationTests
{
    [Fact]
    public void Every_text_is_there_in_every_language()
    {
        var english = Repository.Sources("src", "*.resx").Where(TranslationRules.IsEnglish).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(english);
        Offences.None([.. english.SelectMany(TranslationRules.Lacks)]);
    }

    [Fact]
    public void A_translation_of_nothing_is_found()
    {
        Offences.None(
        [
            .. Repository.Sources("src", "*.resx").Where(path => !TranslationRules.IsEnglish(path))
                .Where(path => !File.Exists(English(path)))
                .Select(path => $"{Path.GetFileName(path)} translates nothing"),
        ]);
    }

    /// <summary>The rule would pass as well if it saw nothing: each kind of offence is planted once.</summary>
    [Fact]
    public void The_rule_finds_what_is_planted()
    {
        var english = Path.Combine(TempFolder.Folder("texts"), "Planted.resx");
        Write(english, ("Good", "Good for {0}"), ("Long", "A sentence that nobody translated."), ("Empty", "Empty"), ("Place", "{0} of {1}"), ("Items", "{0} items"), ("Items.one", "{0} item"));
        Write(Of(english, "es"), ("Good", "Bien para {0}"), ("Long", "A sentence that nobody translated."), ("Empty", " "), ("Place", "{0} de"), ("Items", "{0} artículos"), ("Items.one", "un artículo"), ("More", "Más"));
        Write(Of(english, "ar"), ("Good", "جيد {0}"), ("Long", "جملة"), ("Empty", "فارغ"), ("Place", "{1} {0}"), ("Items", "{0} عنصر"), ("Items.one", "عنصر"));
        Write(Of(english, "id"), ("Good", "Baik {0}"), ("Long", "Kalimat."), ("Empty", "Kosong"), ("Place", "{0} dari {1}"), ("Items", "{0} barang"), ("Items.one", "barang"));
        Write(Of(english, "hi"), ("Good", "अच्छा {0}"), ("Long", "वाक्य"), ("Empty", "खाली"), ("Place", "{0} {1}"), ("Items", "{0} आइटम"), ("Items.one", "{0} आइटम"));

        Assert.Equal(
            [
                "Planted.ar.resx: Items.few is missing",
                "Planted.ar.resx: Items.many is missing",
                "Planted.ar.resx: Items.two is missing",
                "Planted.ar.resx: Items.zero is missing",
                "Planted.es.resx: Empty is empty or there twice",
                "Planted.es.resx: Long is still English",
                "Planted.es.resx: More is not an English text",
                "Planted.es.resx: Place has other places to fill in than “{0} of {1}”",
                "Planted.id.resx: Items.one is not an English text",
                "Planted.pt-BR.resx is not there",
            ],
            TranslationRules.Lacks(english).Order(StringComparer.Ordinal));
    }

    private static string English(string path) => Path.ChangeExtension(Path.ChangeExtension(path, null), ".resx");

    private static string Of(string english, string language) => Path.ChangeExtension(english, $".{language}.resx");

    private static void Write(string path, params (string Name, string Value)[] texts) =>
        new XElement("root", texts.Select(text => new XElement(
            "data", new XAttribute("name", text.Name), new XElement("value", text.Value)))).Save(path);
}
