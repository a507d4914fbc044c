using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace WaConsole.Testing.Architecture;

/// <summary>One outermost type naming another of the same assembly, in a signature, a body or an attribute.</summary>
public sealed record TypeUse(string From, string FromNamespace, string To, string ToNamespace);

/// <summary>Reads from the compiled code who names whom: what the source's using lines only suggest.</summary>
public static class TypeUses
{
    public static IReadOnlyList<TypeUse> In(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. module.GetAllTypes()
                .SelectMany(type => Named(type).Select(named => Use(type, named, module)))
                .OfType<TypeUse>()
                .Distinct(),
        ];
    }

    /// <summary>Methods that create an object of this type, as "Outermost.Method".</summary>
    public static IReadOnlyList<string> CreatorsOf(Assembly assembly, string fullName)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. from type in module.GetAllTypes()
               from method in type.Methods
               where method.HasBody
               where method.Body.Instructions.Any(step =>
                   step.OpCode.Code == Mono.Cecil.Cil.Code.Newobj
                   && step.Operand is MethodReference constructor
                   && constructor.DeclaringType.FullName.Replace('/', '+') == fullName)
               select $"{Outermost(type).FullName}.{method.Name}",
        ];
    }

    /// <summary>Outermost types of the assembly in which one of these methods of the type is called.</summary>
    public static IReadOnlyList<string> CallersOf(Assembly assembly, string fullName, IReadOnlyCollection<string> methods)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. (from type in module.GetAllTypes()
                from method in type.Methods
                where method.HasBody
                where method.Body.Instructions.Any(step =>
                    step.Operand is MethodReference called && called.DeclaringType.FullName == fullName && methods.Contains(called.Name))
                select Outermost(type).FullName).Distinct(),
        ];
    }

    private static TypeUse? Use(TypeDefinition type, TypeReference named, ModuleDefinition module)
    {
        var from = Outermost(type);
        if (named.GetElementType() is not TypeDefinition { Module: var home } found || home != module)
        {
            return null;
        }

        var to = Outermost(found);
        return from == to ? null : new TypeUse(from.FullName, from.Namespace, to.FullName, to.Namespace);
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<TypeReference> Named(TypeDefinition type)
    {
        IEnumerable<TypeReference?> direct =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.Methods.SelectMany(Named),
        ];
        return direct.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> Named(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature = [method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)];
        return method.HasBody
            ? [.. signature, .. method.Body.Variables.Select(v => v.VariableType), .. method.Body.Instructions.SelectMany(step => Operand(step.Operand))]
            : signature;
    }

    private static IEnumerable<TypeReference?> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
