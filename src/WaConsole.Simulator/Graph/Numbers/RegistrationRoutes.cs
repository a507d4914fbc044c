using System.Globalization;
using System.Security.Cryptography;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>
/// The ladder of a number: code, verification, registration with a PIN. Source: Meta, "Registration" and "Error codes", 2026.
/// How many tries make 133008, and how soon 133009, Meta does not say; the numbers here are ours.
/// </summary>
internal static class RegistrationRoutes
{
    private const int MostPinTries = 10;
    private const int MostRegistrations = 10;

    private static readonly TimeSpan BetweenPins = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RegistrationPeriod = TimeSpan.FromHours(72);
    private static readonly TimeSpan PinLock = TimeSpan.FromHours(12);
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    public static IResult RequestCode(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        if (input.Text("code_method", 16, required: true) is not (null or "SMS" or "VOICE"))
        {
            input.Checks.Refuse(100, "Param code_method must be SMS or VOICE.");
        }

        input.Text("language", 16, required: true);
        if (number.CodeVerification == "VERIFIED" && number.Registered)
        {
            input.Checks.Refuse(136024, "The number is verified already.");
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            if (desk.CodeRequests >= 10)
            {
                input.Checks.Refuse(136024, "Too many codes were requested for this number; wait a while.");
            }

            return input.Answer(() =>
            {
                desk.CodeRequests++;
                desk.Code = RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
                desk.CodeUntil = world.Clock.GetUtcNow() + CodeLife;
                return GraphAccess.Success();
            });
        }
    }

    public static IResult VerifyCode(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var code = input.Text("code", 16, required: true);
        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            if (code is not null && (desk.Code is null || code != desk.Code || !(desk.CodeUntil > world.Clock.GetUtcNow())))
            {
                input.Checks.Refuse(136024, desk.CodeUntil <= world.Clock.GetUtcNow() ? "The code has expired." : "The code is not right.");
            }

            return input.Answer(() =>
            {
                desk.Code = null;
                world.ChangeNumber(id, number => number with { CodeVerification = "VERIFIED" });
                return GraphAccess.Success();
            });
        }
    }

    public static IResult Register(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        input.MustBeWhatsApp();
        var pin = input.Text("pin", 64, required: true);
        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            if (!input.Checks.Failed && WhyNotRegister(number, desk, pin!, world.Clock.GetUtcNow()) is { } refusal)
            {
                input.Checks.Refuse(refusal);
            }

            return input.Answer(() =>
            {
                desk.Pin = pin;
                desk.WrongPins = 0;
                world.ChangeNumber(id, n => n with
                {
                    Registered = true,
                    PinSet = true,
                    CertificateBroken = false,
                    VerifiedName = n.NewNameStatus == "APPROVED" ? n.NewDisplayName! : n.VerifiedName,
                    OnboardedAt = n.OnboardedAt ?? world.Clock.GetUtcNow(),
                    StorageRegion = input.Text("data_localization_region", 2) ?? n.StorageRegion,
                });
                return GraphAccess.Success();
            });
        }
    }

    public static IResult Deregister(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            var now = world.Clock.GetUtcNow();
            if (number.OnBusinessApp)
            {
                input.Checks.Refuse(100, "A number that also lives in the WhatsApp Business app cannot be deregistered.");
            }
            else if (!number.Registered)
            {
                input.Checks.Refuse(133010, "The number is not registered.");
            }
            else if (TooOften(desk, now))
            {
                input.Checks.Refuse(133016, "More than ten registrations within 72 hours.");
            }

            return input.Answer(() =>
            {
                world.Deregister(id);
                return GraphAccess.Success();
            });
        }
    }

    private static GraphError? WhyNotRegister(BusinessNumber number, NumberDesk desk, string pin, DateTimeOffset now)
    {
        if (number.CodeVerification != "VERIFIED")
        {
            return GraphError.Of(133006, "The number must be verified with a code first.");
        }

        if (TooOften(desk, now))
        {
            return GraphError.Of(133016, "More than ten registrations within 72 hours.");
        }

        if (desk.WrongPins >= MostPinTries && desk.LastWrongPinAt + PinLock > now)
        {
            return GraphError.Of(133008, "Too many wrong PINs; wait twelve hours.");
        }

        var wellFormed = pin.Length == 6 && pin.All(char.IsAsciiDigit);
        if (wellFormed && (desk.Pin is null || desk.Pin == pin))
        {
            return null;
        }

        if (wellFormed && desk.LastWrongPinAt + BetweenPins > now)
        {
            return GraphError.Of(133009, "The PIN was tried too fast after a wrong one.");
        }

        desk.LastWrongPinAt = wellFormed ? now : desk.LastWrongPinAt;
        desk.WrongPins += wellFormed ? 1 : 0;
        return GraphError.Of(133005, wellFormed ? "The PIN is not right." : "The PIN has six digits.");
    }

    private static bool TooOften(NumberDesk desk, DateTimeOffset now)
    {
        desk.Registrations.RemoveAll(at => at <= now - RegistrationPeriod);
        if (desk.Registrations.Count >= MostRegistrations)
        {
            return true;
        }

        desk.Registrations.Add(now);
        return false;
    }
}
