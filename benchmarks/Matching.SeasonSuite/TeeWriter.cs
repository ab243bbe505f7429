using System.Text;

namespace Matching.SeasonSuite;

/// <summary>Writes to two writers; owns neither.</summary>
internal sealed class TeeWriter(TextWriter first, TextWriter second) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => first.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        first.Write(value);
        second.Write(value);
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        first.WriteLine(value);
        second.WriteLine(value);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        first.Flush();
        second.Flush();
    }
}
