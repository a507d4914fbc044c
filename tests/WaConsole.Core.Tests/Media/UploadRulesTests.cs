using System.Buffers.Binary;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Simulator.Media;

namespace WaConsole.Core.Tests.Media;

public sealed class UploadRulesTests
{
    public static TheoryData<string, byte[], long, string?> Stickers => new()
    {
        { "as it should be", Webp(512, 512, animated: false), 100 * 1024, null },
        { "one byte too many", Webp(512, 512, animated: false), (100 * 1024) + 1, "media_too_big" },
        { "moving", Webp(512, 512, animated: true), 500 * 1024, null },
        { "moving and too large", Webp(512, 512, animated: true), (500 * 1024) + 1, "media_too_big" },
        { "too wide", Webp(513, 512, animated: false), 1000, "media_sticker_size" },
        { "too low", Webp(512, 511, animated: true), 1000, "media_sticker_size" },
        { "damaged", [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, 1, 2, 3], 15, "media_sticker_size" },
    };

    [Theory]
    [MemberData(nameof(Stickers))]
    public void A_sticker_is_measured_by_its_bytes(string what, byte[] head, long size, string? code)
    {
        var type = MediaTypes.Sniff(head);

        Assert.Equal(MessageKind.Sticker, type.SendAs);
        Assert.True(UploadRules.Refuse(type, size)?.Code == code, what);
    }

    [Fact]
    public void The_samples_of_the_simulator_are_measured_right()
    {
        Assert.Equal((512, 512), PictureSize.Of(Samples.File("sticker").Bytes, "image/webp"));
        var jpeg = Samples.File("image").Bytes;
        var (width, height) = PictureSize.Of(jpeg, "image/jpeg")!.Value;
        Assert.InRange(width, 100, 4000);
        Assert.InRange(height, 100, 4000);
    }

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D4948445200000280000001E0", "image/png", 640, 480)]
    [InlineData("FFD8FFE000104A46494600010100000100010000FFC2001108012C019003012200021101031101", "image/jpeg", 400, 300)]
    public void A_picture_says_its_size(string head, string type, int width, int height) =>
        Assert.Equal((width, height), PictureSize.Of(Convert.FromHexString(head), type));

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452FFFFFFFF000001E0", "image/png")]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("FFD8FFFE0000FFFE0000FFFE0000", "image/jpeg")]
    [InlineData("52494646", "image/webp")]
    public void What_does_not_say_it_has_none(string head, string type) => Assert.Null(PictureSize.Of(Convert.FromHexString(head), type));

    [Fact]
    public void No_bytes_make_it_fail()
    {
        var random = new Random(1);
        foreach (var type in new[] { "image/png", "image/jpeg", "image/webp" })
        {
            for (var round = 0; round < 5_000; round++)
            {
                var head = new byte[random.Next(0, 200)];
                random.NextBytes(head);
                head.AsSpan(0, Math.Min(head.Length, 2)).Fill(0xFF);
                if (head.Length > 16)
                {
                    (type == "image/webp" ? "VP8X"u8 : "IHDR"u8).CopyTo(head.AsSpan(12));
                }

                Assert.True(PictureSize.Of(head, type) is null or ( > 0, > 0));
            }
        }
    }

    private static byte[] Webp(int width, int height, bool animated)
    {
        var head = new byte[60];
        "RIFF"u8.CopyTo(head);
        "WEBPVP8X"u8.CopyTo(head.AsSpan(8));
        head[20] = (byte)(animated ? 2 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(24), width - 1);
        BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(27), (short)(height - 1));
        return head;
    }
}
