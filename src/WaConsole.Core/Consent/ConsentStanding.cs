namespace WaConsole.Core.Consent;

/// <summary>Where a person stands with each purpose.</summary>
public sealed record ConsentStanding(PurposeStanding Marketing, PurposeStanding Utility, PurposeStanding Authentication, PurposeStanding Calls)
{
    public static ConsentStanding Nothing { get; } =
        new(PurposeStanding.Nothing, PurposeStanding.Nothing, PurposeStanding.Nothing, PurposeStanding.Nothing);

    public PurposeStanding Of(ConsentPurpose purpose) => purpose switch
    {
        ConsentPurpose.Marketing => Marketing,
        ConsentPurpose.Utility => Utility,
        ConsentPurpose.Authentication => Authentication,
        ConsentPurpose.Calls => Calls,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "Nobody stands anywhere with all of them at once."),
    };

    /// <summary>Everything was stopped.</summary>
    public bool WantsNothing => ConsentLedger.Purposes.All(purpose => Of(purpose).What == Standing.OptedOut);

    internal ConsentStanding With(ConsentPurpose purpose, PurposeStanding standing) => purpose switch
    {
        ConsentPurpose.Marketing => this with { Marketing = standing },
        ConsentPurpose.Utility => this with { Utility = standing },
        ConsentPurpose.Authentication => this with { Authentication = standing },
        _ => this with { Calls = standing },
    };
}
