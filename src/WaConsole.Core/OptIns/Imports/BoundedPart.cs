namespace WaConsole.Core.OptIns.Imports;

/// <summary>
/// What comes out of a part of an archive, counted: a few kilobytes of zip can be petabytes of nothing. So is the way from one mark-up to the
/// next: the reader holds a text, or an attribute, as a whole.
/// </summary>
internal sealed class BoundedPart(Stream part, long most) : Stream
{
    private const int LongestText = 1 << 20;

    private long _left = most;
    private long _sinceMark;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = part.Read(buffer, offset, count);
        _left -= read;
        var bytes = buffer.AsSpan(offset, read);
        var mark = bytes.LastIndexOf((byte)'<');
        _sinceMark = mark < 0 ? _sinceMark + read : read - mark;
        return _left >= 0 && _sinceMark <= LongestText ? read : throw new SheetFault("It unfolds to more than a list of people can need.");
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            part.Dispose();
        }

        base.Dispose(disposing);
    }
}
