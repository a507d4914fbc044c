using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using WaConsole.Core;
using WaConsole.Web.Components;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Tests.Hosting;

public sealed class ConfigurationExampleTests
{
    /// <summary>Sections read by the framework or key by key.</summary>
    private static readonly string[] OtherSections = ["Urls", "AllowedHosts", "Logging", "OpenTelemetry"];

    private static readonly IConfigurationRoot Example = new ConfigurationBuilder().AddJsonFile(FileAtRoot("appsettings.example.json")).Build();

    public static TheoryData<string> OptionTypes() => [.. Options().Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(OptionTypes))]
    public void Every_option_is_in_the_example_and_its_value_is_valid(string typeName)
    {
        var type = Options().Single(known => known.FullName == typeName);
        var section = Example.GetSection(SectionOf(type)!);
        var options = Activator.CreateInstance(type)!;

        section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);

        var written = section.GetChildren().Select(child => child.Key).Order(StringComparer.Ordinal);
        var known = type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal);
        Assert.Equal(known, written);
    }

    [Fact]
    public void The_example_holds_no_section_nobody_reads()
    {
        var sections = Options().Select(SectionOf).Concat(OtherSections);

        Assert.Empty(Example.GetChildren().Select(child => child.Key).Except(sections!, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_console_starts_with_the_example()
    {
        var settings = Example.AsEnumerable()
            .Where(pair => pair.Value is not null && !pair.Key.StartsWith("Database", StringComparison.Ordinal) && !pair.Key.StartsWith("Media", StringComparison.Ordinal))
            .Select(pair => (pair.Key, pair.Value!));
        await using var console = await TestConsole.StartAsync([.. settings]);

        using var browser = await console.SignedInAsync(Example["Bootstrap:AdminEmail"]!, Example["Bootstrap:AdminPassword"]!);
    }

    private static IEnumerable<Type> Options() => new[] { typeof(WaConsoleCore).Assembly, typeof(App).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => SectionOf(type) is not null);

    private static string? SectionOf(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field ? field.GetRawConstantValue() as string : null;

    private static string FileAtRoot(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WaConsole.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine(folder.FullName, name);
    }
}
