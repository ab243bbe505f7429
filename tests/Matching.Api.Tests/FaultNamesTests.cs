using System.Reflection;
using Matching.Files;

namespace Matching.Api.Tests;

public class FaultNamesTests
{
    public static TheoryData<string> Codes => [.. typeof(FaultCode)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (string)f.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_kind_of_fault_has_a_Chinese_name(string code) => Assert.False(string.IsNullOrEmpty(FaultNames.InChinese(code)));
}
