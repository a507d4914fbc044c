using System.Globalization;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;

namespace WaConsole.Web.Hosting;

/// <summary>What the program does besides being the console. A command starts no worker and listens nowhere, so it may run beside the console.</summary>
internal static class Commands
{
    private const int Refused = 1;
    private const int Misused = 2;
    private const string VerifyConsentCommand = "verify-consent";

    /// <summary>A first word without a dash is a command; everything else is configuration.</summary>
    public static async Task RunCommandOrConsoleAsync(this WebApplication app, string[] args)
    {
        if (args.FirstOrDefault() is not { Length: > 0 } first || first.StartsWith('-') || first.StartsWith('/') || first.Contains('='))
        {
            await app.RunAsync();
            return;
        }

        await using (app)
        {
            Environment.ExitCode = await RunAsync(app.Services, args);
        }
    }

    internal static async Task<int> RunAsync(IServiceProvider services, string[] args)
    {
        var text = services.GetRequiredService<IStringLocalizer<CommandText>>();
        if (args is [VerifyConsentCommand])
        {
            return await VerifyAsync(services.GetRequiredService<CheckRegistry>(), text);
        }

        if (args is not ["backup", { Length: > 0 } file, ..])
        {
            await Console.Error.WriteLineAsync(text["Usage"]);
            await Console.Error.WriteLineAsync(text["UsageConsent"]);
            return Misused;
        }

        switch (await services.GetRequiredService<BackUpDatabase>().RunAsync(file, CancellationToken.None))
        {
            case BackUpOutcome.Written written:
                await Console.Out.WriteLineAsync(text["Written", written.Path, written.Bytes]);
                return 0;
            case BackUpOutcome.Refused refused:
                await Console.Error.WriteLineAsync(refused.Sentence);
                return Refused;
            case var unexpected:
                throw new InvalidOperationException($"Unknown outcome {unexpected.GetType().Name}.");
        }
    }

    /// <summary>Kept under the name of the command, as who had it read.</summary>
    private static async Task<int> VerifyAsync(CheckRegistry check, IStringLocalizer<CommandText> text)
    {
        var (verdict, isKept) = await check.RunAsync(VerifyConsentCommand, CancellationToken.None);
        if (!isKept)
        {
            await Console.Error.WriteLineAsync(text["ConsentNotKept"]);
        }

        if (!verdict.HeadKnown && verdict.Links > 0)
        {
            await Console.Error.WriteLineAsync(text["ConsentNoHead"]);
        }

        foreach (var found in verdict.Found)
        {
            if (found is { Kind: TamperKind.StateChanged or TamperKind.StateMissing or TamperKind.StateExtra, ContactId: { } contact, Purpose: { } purpose, EntryId: { } named })
            {
                var words = found.Kind switch
                {
                    TamperKind.StateMissing => "ConsentStateMissing",
                    TamperKind.StateExtra => "ConsentStateExtra",
                    _ => "ConsentState",
                };
                await Console.Error.WriteLineAsync(text[words, found.Kind, contact.ToString(CultureInfo.InvariantCulture), purpose, named.ToString(CultureInfo.InvariantCulture)]);
                continue;
            }

            if (found is { File: { } file, EntryId: { } proven })
            {
                await Console.Error.WriteLineAsync(text[
                    found.Kind == TamperKind.FileMissing ? "ConsentFileMissing" : "ConsentFileChanged", found.Kind, file, proven.ToString(CultureInfo.InvariantCulture)]);
                continue;
            }

            if (found.Mark is not null || found.SubjectId is not null)
            {
                await Console.Error.WriteLineAsync(text[$"Consent{found.Kind}", found.Kind, Number(found.EntryId), found.Mark ?? Number(found.SubjectId), Number(found.ContactId)]);
                continue;
            }

            await Console.Error.WriteLineAsync(text["ConsentFound", found.Kind, Number(found.EntryId), Number(found.Sequence)]);
        }

        if (!verdict.IsWhole)
        {
            return Refused;
        }

        await Console.Out.WriteLineAsync(text["ConsentWhole", verdict.Entries, verdict.Links, verdict.Waiting]);
        await Console.Out.WriteLineAsync(text["ConsentRead", verdict.States, verdict.Files, verdict.Marks]);
        return 0;
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "–";
}
