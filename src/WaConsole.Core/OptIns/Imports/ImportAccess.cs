using WaConsole.Core.Resources;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>Who brings lists of people in: admins, and marketing staff, who may take them out too.</summary>
public static class ImportAccess
{
    public static bool MayImport(Caller caller) => caller.Role is Role.Admin or Role.Marketer;

    internal static void MustImport(this Caller caller)
    {
        if (!MayImport(caller))
        {
            throw new NotAllowedException(Texts.Imports.Of("NotAllowed"));
        }
    }
}
