"""Telling files that are no text apart from text, and naming what they are."""

from __future__ import annotations

# The first bytes by which a format is known, and what a person calls it.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document (.docx, .xlsx)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .wps)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a RIFF file (WebP image, sound or video)"),
    (b"ID3", "an MP3 file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
)

# A stray NUL does not make a page binary; its control characters are dropped later.
_NUL_SHARE = 0.001
_FEW_NULS = 3


def binary_format(data: bytes) -> str:
    """Return what `data` is by its first bytes ("a PDF"), or "" where no signature fits.

    >>> binary_format(b"%PDF-1.7 ...")
    'a PDF'
    >>> binary_format("改革".encode())
    ''
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data[4:8] == b"ftyp":
        return "an MP4 video"
    return ""


def has_many_nuls(data: bytes) -> bool:
    r"""Tell whether more than a few bytes, and one in a thousand, are NUL, as in no text outside UTF-16 and UTF-32.

    >>> has_many_nuls(b"a\x00b"), has_many_nuls(b"a\x00" * 9)
    (False, True)
    """
    return data.count(b"\x00") > max(_FEW_NULS, len(data) * _NUL_SHARE)
