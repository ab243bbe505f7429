using System.Reflection;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Architecture;

/// <summary>What users of the library see, and what the library drags into their program.</summary>
public class PublicSurfaceTests
{
    private static readonly string[] HostAssemblies = ["Microsoft.AspNetCore", "Microsoft.Extensions", "System.Console", "System.CommandLine", "Spectre"];

    [Fact]
    public void No_public_member_speaks_OrTools()
    {
        List<string> breaches =
        [
            .. from type in typeof(Season).Assembly.GetExportedTypes()
               from spoken in TypesSpoken(type)
               where spoken.Namespace?.StartsWith("Google", StringComparison.Ordinal) == true
               select $"{type.FullName} shows {spoken.FullName}",
        ];

        Assert.Empty(breaches);
    }

    [Fact]
    public void The_library_knows_neither_web_nor_console()
    {
        List<string?> referenced = [.. typeof(Season).Assembly.GetReferencedAssemblies().Select(a => a.Name)];

        Assert.NotEmpty(referenced);
        Assert.DoesNotContain(referenced, name => HostAssemblies.Any(h => name!.StartsWith(h, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_public_type_of_a_room_lies_in_its_namespace()
    {
        List<string> breaches =
        [
            .. from file in SourceTree.LibraryFiles()
               let room = SourceTree.RoomOf(file.Path)
               let expected = room.Length == 0 ? "namespace Matching;" : $"namespace Matching.{room}"
               where !file.Text.Contains(expected, StringComparison.Ordinal)
               select file.Path,
        ];

        Assert.Empty(breaches);
    }

    private static IEnumerable<Type> TypesSpoken(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type> spoken = type.GetInterfaces()
            .Concat(type.BaseType is { } parent ? [parent] : [])
            .Concat(type.GetFields(All).Where(f => f.IsPublic || f.IsFamily).Select(f => f.FieldType))
            .Concat(type.GetProperties(All).Where(p => p.GetAccessors().Length > 0).Select(p => p.PropertyType))
            .Concat(
                from method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
                where method.IsPublic || method.IsFamily
                from shown in method.GetParameters().Select(p => p.ParameterType).Concat(method is MethodInfo m ? [m.ReturnType] : [])
                select shown);
        return spoken.SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];
}
