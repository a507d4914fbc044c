using System.Reflection;

namespace WaConsole.Testing.Architecture;

/// <summary>Rules about what an assembly and its types look like from outside. Each returns the offences, none when all is well.</summary>
public static class AssemblyRules
{
    /// <summary>References to assemblies whose name starts with one of these.</summary>
    public static IReadOnlyList<string> ForbiddenReferences(Assembly assembly, params string[] forbidden) =>
    [
        .. assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => forbidden.Any(word => name == word || name.StartsWith(word + ".", StringComparison.Ordinal))),
    ];

    /// <summary>A public class that may be inherited from although nobody designed it for that.</summary>
    public static IReadOnlyList<string> OpenClasses(IEnumerable<Type> types) =>
    [
        .. types.Where(type => type is { IsClass: true, IsVisible: true, IsSealed: false, IsAbstract: false }).Select(type => type.FullName!),
    ];

    /// <summary>Public asynchronous methods whose last parameter is not a CancellationToken.</summary>
    public static IReadOnlyList<string> DeafMethods(IEnumerable<Type> types) =>
    [
        .. from type in types
           where type.IsVisible && !typeof(Delegate).IsAssignableFrom(type)
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where IsAwaitable(method.ReturnType) && method.GetBaseDefinition() == method && !ImplementsInterface(type, method)
           where method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
           select $"{type.FullName}.{method.Name}",
    ];

    /// <summary>Types that are handed one of these, by constructor, field or property.</summary>
    public static IReadOnlyList<string> Takes(IEnumerable<Type> types, params string[] forbidden) =>
    [
        .. from type in types
           from taken in Taken(type)
           where forbidden.Contains(taken.Name)
           select $"{type.FullName} takes {taken.Name}",
    ];

    private static IEnumerable<Type> Taken(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType))
            .Concat(type.GetFields(All).Select(field => field.FieldType))
            .Concat(type.GetProperties(All).Select(property => property.PropertyType))
            .Distinct();
    }

    private static bool IsAwaitable(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static bool ImplementsInterface(Type type, MethodInfo method) =>
        !type.IsInterface && type.GetInterfaces().Any(face => type.GetInterfaceMap(face).TargetMethods.Contains(method));
}
