"""Writes the character tables of crates/rapporteur-text/src/unicode/tables.rs.

usage: python3 scripts/unicode_tables.py > crates/rapporteur-text/src/unicode/tables.rs

Run with CPython 3.11: its unicodedata is Unicode 14, which is what spaCy sees there, and the text
stage promises the same annotation as spaCy.
"""
import sys
import unicodedata

assert unicodedata.unidata_version == "14.0.0", unicodedata.unidata_version

TABLES = {
    "ALPHABETIC": ("`str.isalpha`: general category L*", str.isalpha),
    "UPPERCASE": ("`str.isupper` of one character: property Uppercase", str.isupper),
    "TITLECASE": ("general category Lt", lambda c: unicodedata.category(c) == "Lt"),
    "DIGIT": ("`str.isdigit`: numeric type Decimal or Digit", str.isdigit),
    "DECIMAL": ("`str.isdecimal`, the pattern `\\d`: numeric type Decimal", str.isdecimal),
    "WORD": ("the pattern `\\w`: `str.isalnum` or `_`", lambda c: c.isalnum() or c == "_"),
}


def ranges(predicate):
    start = None
    for code in range(0x110000):
        if predicate(chr(code)):
            if start is None:
                start = code
        elif start is not None:
            yield start, code - 1
            start = None
    if start is not None:
        yield start, 0x10FFFF


out = sys.stdout
out.write("//! Character classes of Unicode 14 as Python defines them, as ranges of code points, both ends included.\n")
out.write("//! Written by `scripts/unicode_tables.py`; do not edit.\n")
for name, (what, predicate) in TABLES.items():
    out.write(f"\n/// {what}.\n#[rustfmt::skip]\npub(super) const {name}: &[(u32, u32)] = &[\n")
    line = "   "
    for a, b in ranges(predicate):
        item = f" ({a:#x}, {b:#x}),"
        if len(line) + len(item) > 118:
            out.write(line + "\n")
            line = "   "
        line += item
    out.write(line + "\n];\n")
