"""Pictures as a browser uploads them, honest and hostile."""

import io
import struct
import zlib

from PIL import Image

GPS, ORIENTATION = 0x8825, 0x0112


def picture(form="JPEG", size=(40, 30), mode="RGB", **told):
    """The bytes of a plain picture."""
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, form, **told)
    return out.getvalue()


def photo(orientation=6):
    """A photo that tells where it was taken, held on its side by the camera."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010E] = "somebody's house"
    return picture(exif=exif, comment=b"somebody's house")


def chunk(kind, told):
    """One part of a PNG."""
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))


def bomb(width=30_000, height=30_000):
    """A small PNG of very many black pixels."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(form):
    """A picture of two pictures."""
    out = io.BytesIO()
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    first.save(out, form, save_all=True, append_images=[second])
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE = {
    "svg": ("a.svg", SVG, "kind"),
    "gif": ("a.gif", moving("GIF"), "kind"),
    "svg-as-png": ("a.png", SVG, "kind"),
    "page-as-jpeg": ("a.jpg", b"<!doctype html><script>alert(1)</script>", "kind"),
    "empty-kind": ("a.jpg", b"\x00" * 64, "kind"),
    "no-ending": ("a", picture(), "kind"),
    "gif-as-png": ("a.png", moving("GIF"), "kind"),
    "png-as-jpeg": ("a.jpg", picture("PNG"), "ending"),
    "large": ("a.jpg", picture() + b"\x00" * 10_000_000, "bytes"),
    "bomb": ("a.png", bomb(), "pixels"),
    "wide": ("a.png", bomb(5_000, 5_000), "pixels"),
    "moving-png": ("a.png", moving("PNG"), "moving"),
    "moving-webp": ("a.webp", moving("WEBP"), "moving"),
    "moving-avif": ("a.avif", moving("AVIF"), "moving"),
    "torn-jpeg": ("a.jpg", picture(size=(900, 900))[:2000], "broken"),
    "torn-png": ("a.png", picture("PNG", size=(900, 900))[:90], "broken"),
    "only-a-header": ("a.webp", picture("WEBP")[:20], "broken"),
}
