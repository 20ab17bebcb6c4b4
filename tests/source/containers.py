"""Small files of every format, made for the tests."""

import gzip
import io
import zipfile

TEXT = "云岭市总工会近日召开职工技能提升现场会，总结三年来的做法，部署下一步的工作。"
HTML = f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>"


def zipped(members, **options):
    """Return a ZIP archive of names and contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def warc(*answers, status="200 OK", headers=()):
    """Return a WARC file: an info record, and for each (address, type, body) a response."""
    records = [_record("warcinfo", "", b"software: none\r\n")]
    for address, kind, body in answers:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
        records.append(_record("response", address, "\r\n".join(lines).encode() + b"\r\n\r\n" + body))
    return b"".join(records)


def warc_gz(*answers):
    """Return the same with each record compressed by itself, as crawlers do."""
    return b"".join(gzip.compress(b"WARC/" + part) for part in warc(*answers).split(b"WARC/")[1:])


def _record(kind, address, block):
    lines = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2024-01-02T03:04:05Z", f"Content-Length: {len(block)}"]
    lines += [f"WARC-Target-URI: {address}"] if address else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def pdf(*pages, picture=False, size=10):
    """Return a PDF of pages, each a list of (x, y, text), set in a Chinese font that the reader must know."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x80\nendstream",
    ]
    kids = []
    for page in pages:
        shown = [b"q 400 0 0 500 50 50 cm /I Do Q"] if picture and not page else []
        for x, y, text, *own in page:
            code = text.encode("utf-16-be").hex()
            shown.append(f"BT /F {own[0] if own else size} Tf {x} {y} Td <{code}> Tj ET".encode())
        content = b"\n".join(shown)
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 700] /Contents %d 0 R /Resources"
            b" << /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def set_in(text, x, top, width=20, size=10, leading=16, indent=True):
    """Return `text` as lines of `width` characters from (x, top) downwards, its first line indented by two."""
    lines = []
    first = True
    while text:
        count = width - 2 if first and indent else width
        piece, text = text[:count], text[count:]
        lines.append((x + (2 * size if first and indent else 0), top, piece))
        top -= leading
        first = False
    return lines
