using WaConsole.Core.Consent;
using WaConsole.Core.Rights;
using WaConsole.Core.Rights.Export;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Rights;

public sealed class ExportCoverageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whoever adds a table or a column decides here what an export of a person does with it.</summary>
    [Fact]
    public async Task Every_column_of_the_database_is_exported_or_left_out_with_its_reason()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var columns = await ColumnsAsync(core);
        var tables = columns.Select(column => column.Split('.')[0]).ToHashSet();

        Assert.Empty(Forgotten(columns));
        Assert.Equal(["Contact.Forgotten", "NewTable.Forgotten"], Forgotten(["Contact.GivenName", "Contact.Forgotten", "NewTable.Forgotten"]));
        Assert.Empty(ExportedColumns.All.Keys.Concat(NotExported.Columns.Keys).Except(columns));
        Assert.Empty(NotExported.Tables.Keys.Except(tables));
        Assert.Empty(ExportedColumns.All.Keys.Intersect(NotExported.Columns.Keys));
        Assert.All(NotExported.Tables.Concat(NotExported.Columns), left => Assert.EndsWith(".", left.Value, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Every_value_known_of_a_person_is_found_in_their_export_and_nobody_elses(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await KnownPerson.WriteAsync(core, "4915100000042");
        var other = await KnownPerson.WriteAsync(core, "4915100000043");

        var rows = await ExportAsync(core, person.Id);

        Assert.Empty(ExportedColumns.All.Where(column => !IsFound(rows, person, column.Key, column.Value)).Select(column => $"{column.Key} in {column.Value}"));
        Assert.Equal(ExportPerson.Parts, rows.Select(row => row.Part).Distinct());
        Assert.Equal(ExportPerson.FactNames, rows.SelectMany(row => row.Facts).Select(fact => fact.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Distinct(row.Facts.Select(fact => fact.Name)));
        Assert.All(rows.SelectMany(row => row.Facts), fact => Assert.True(fact.Value is string or bool or int or long or decimal or DateTime or Enum, $"{fact}"));

        var told = rows.SelectMany(row => row.Facts).Select(fact => fact.Value).OfType<string>().ToHashSet();
        Assert.Empty(other.Own.Intersect(told));
    }

    /// <summary>Whoever exports one of a new few names it in <see cref="ExportPerson.Codes"/>, for which there must be words.</summary>
    [Fact]
    public async Task Whatever_is_one_of_a_few_is_named_to_be_put_into_words()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var person = await KnownPerson.WriteAsync(core, "4915100000042");

        var exported = (await ExportAsync(core, person.Id)).SelectMany(row => row.Facts).Select(fact => fact.Value.GetType()).Where(type => type.IsEnum);

        Assert.Equal((await CodesAsync(core)).Order(StringComparer.Ordinal), ExportPerson.Codes.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.Empty(exported.Except(ExportPerson.Codes));
    }

    [Theory, EveryDatabase]
    public async Task A_person_of_many_messages_is_exported_page_by_page_without_one_missing(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await KnownPerson.WriteAsync(core, "4915100000042");
        var before = (await ExportAsync(core, person.Id)).ToLookup(row => row.Part);
        await person.WriteManyMessagesAsync(core, 2 * InPages.Size);

        var after = (await ExportAsync(core, person.Id)).ToLookup(row => row.Part);

        foreach (var part in (string[])["messages", "statuses", "reactions"])
        {
            Assert.Equal(before[part].Count() + (2 * InPages.Size), after[part].Count());
            Assert.Distinct(after[part].Select(row => row.Facts.Single(fact => fact.Name == "message").Value));
        }
    }

    [Fact]
    public async Task A_number_that_was_given_up_brings_nothing_of_whoever_has_it_now()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var person = await KnownPerson.WriteAsync(core, "4915100000042");
        await person.GiveUpNumbersAsync(core);

        var rows = await ExportAsync(core, person.Id);

        Assert.Contains(rows, row => row.Part == "identifiers");
        Assert.DoesNotContain(rows, row => row.Part is "setAside" or "suppression" or "testers");
    }

    private static List<string> Forgotten(IEnumerable<string> columns) =>
        [.. columns.Where(column => !ExportedColumns.All.ContainsKey(column) && !NotExported.Columns.ContainsKey(column) && !NotExported.Tables.ContainsKey(column.Split('.')[0]))];

    /// <summary>The model's, and what is sealed within an entry.</summary>
    private static Task<List<string>> ColumnsAsync(CoreHost core) => core.WithDbAsync(db => Task.FromResult<List<string>>(
    [
        .. db.Model.GetEntityTypes().SelectMany(type => type.GetProperties().Select(property => $"{type.ClrType.Name.Split('`')[0]}.{property.Name}")),
        .. typeof(PersonalPart).GetProperties().Where(property => property.PropertyType != typeof(ConsentEvidence)).Select(property => $"PersonalPart.{property.Name}"),
        .. typeof(ConsentEvidence).GetProperties().Where(property => property.CanWrite).Select(property => $"ConsentEvidence.{property.Name}"),
    ]));

    /// <summary>Of the columns that are exported.</summary>
    private static Task<HashSet<string>> CodesAsync(CoreHost core) => core.WithDbAsync(db => Task.FromResult<HashSet<string>>(
    [
        .. from type in db.Model.GetEntityTypes()
           from property in type.GetProperties()
           let of = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType
           where of.IsEnum && ExportedColumns.All.ContainsKey($"{type.ClrType.Name.Split('`')[0]}.{property.Name}")
           select of.Name,
    ]));

    private static bool IsFound(IReadOnlyList<PersonRow> rows, KnownPerson person, string column, string where)
    {
        var (part, name) = (where.Split('.')[0], where.Split('.')[1]);
        var wanted = person.Told(column);
        return rows.Any(row => row.Part == part && row.Facts.Any(fact => fact.Name == name && Equals(Plain(fact.Value), wanted)));

        static object Plain(object value) => value switch
        {
            int small => (long)small,
            Enum code => code.ToString(),
            _ => value,
        };
    }

    private static async Task<List<PersonRow>> ExportAsync(CoreHost core, long person)
    {
        List<PersonRow> rows = [];
        await foreach (var row in (await core.Get<ExportPerson>().RunAsync(Caller.System, person, "json", Token))!)
        {
            rows.Add(row);
        }

        return rows;
    }
}
