"""Filled workbooks of strangers: bytes, parts and cells changed by number."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from atlas.exports.contributions import check as filled_rows
from atlas.exports.contributions import workbook
from atlas.model import store
from atlas.words.translator import Translator
from tests.mutations import odd
from tests.mutations.apart import HOLDS
from tests.unit.records_package import ROWS, write

Parts = dict[str, bytes]

SHEETS = {  # of the template, with the columns of each row that is filled in
    "sources": {"id": "new-paper", "title": "Báo mới", "kind": "article", "published": "2024-05"},
    "twinnings": {
        "id": "twin-new",
        "level": "district",
        "signed_on": "2015",
        "status": "active",
        "confidence": "high",
        "sources": "new-paper;office",
    },
    "twinning_members": {"twinning": "twin-new", "side": "VN", "place": "vn-026"},
}
LAST = {"twinning": "twin-new", "side": "CN", "place": "cn-532628"}
TYPES = ("s", "str", "inlineStr", "n", "b", "e", "d", "", "x", "S")
TOKENS = (b"<", b">", b"&", b'"', b"</c>", b"<c/>", b"<row>", b"</row>", b"</sheetData>", b"&#xD800;", b"&#0;", b"&#xFFFE;", b"&x;",
          b"<!--", b"<![CDATA[", b"<?x?>", b"<!DOCTYPE a>", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"-1", b"99999999999", b"1e999",
          b"A1048577", b"XFE1", b'r="A0"', b't="s"', b"true", b"", b"xmlns=''", b"\xef\xbf\xbe", b"\xe2\x80\xae")  # fmt: skip


@cache
def blank() -> Parts:
    """The parts of the template in English."""
    return parts_of(workbook.template(store.load(), Translator("en")))


@cache
def sheets() -> dict[str, str]:
    """The part of every sheet by its name."""
    return dict(zip(re.findall(r'<sheet name="([^"]+)"', blank()["xl/workbook.xml"].decode()), sorted(
        (name for name in blank() if name.startswith("xl/worksheets/sheet")), key=lambda one: int(re.findall(r"\d+", one)[0])
    )))  # fmt: skip


def parts_of(content: bytes) -> Parts:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, method)
    return content.getvalue()


def filled(rows: dict[str, list[str]]) -> Parts:
    """The template with rows, each the cells of a line as XML."""
    parts = dict(blank())
    for name, lines in rows.items():
        xml = "".join(f'<row r="{line}">{cells}</row>' for line, cells in enumerate(lines, 4)).encode(
            "utf-8", "surrogatepass"
        )
        parts[sheets()[name]] = parts[sheets()[name]].replace(b"</sheetData>", xml + b"</sheetData>")
    return parts


def cell(line: int, column: int, value: str) -> str:
    """A cell that holds a text."""
    return f'<c r="{chr(65 + column)}{line}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def odd_cell(chance: random.Random, line: int, column: int) -> str:
    """A cell of any type with any value, formula, style and place."""
    value = escape(odd.text(chance))
    place = chance.choice(
        (f' r="{chr(65 + column)}{line}"', "", f' r="{chr(65 + column)}0"', ' r="A1"', ' r="XFD9"', ' r="?"')
    )
    kind, style = chance.choice(TYPES), chance.choice(("", ' s="1"', ' s="3"', ' s="99"', ' s="-1"', ' s="x"'))
    kind = f' t="{kind}"' if kind else ""
    formula = chance.choice(("", "", "", "<f>1+1</f>", f"<f>{value}</f>", '<f t="array" ref="A4">1+1</f>', '<f t="shared" si="0"/>',
                             '<f t="shared" ref="A4:A9" si="0">A3</f>', '<f t="dataTable" ref="A4" r1="A1"/>', "<f/>"))  # fmt: skip
    body = chance.choice((f"<v>{value}</v>", f"<is><t>{value}</t></is>", f"<is><r><t>{value}</t></r><rPh><t>x</t></rPh></is>",
                          "<v/>", "", f"<v>{chance.choice((*odd.NUMBERS, *odd.DATES))}</v>",
                          f"<v>{chance.choice((0, 3, 60, 10**6, -1))}</v>"))  # fmt: skip
    return f"<c{place}{kind}{style}>{formula}{body}</c>"


@cache
def workbook_columns() -> dict[str, list[str]]:
    """The columns of every table."""
    return {name: table.columns for name, table in store.load().schema.tables.items()}


def lines_of(chance: random.Random, change: Callable[[str, int, int, str], str]) -> Parts:
    """The template filled with rows that are right, each cell of which may be changed."""
    rows = {}
    for name, *records in ((name, row) for name, row in SHEETS.items()):
        if name == "twinning_members":
            records.append(LAST)
        rows[name] = [
            "".join(
                change(name, line, column, row.get(title, "")) for column, title in enumerate(workbook_columns()[name])
            )
            for line, row in enumerate(records, 4)
        ]
    return filled(rows)


def right(chance: random.Random) -> Parts:
    """Rows that are right."""
    return lines_of(chance, lambda name, line, column, value: cell(line, column, value) if value else "")


def of_cells(chance: random.Random) -> bytes:
    """Some cells are odd."""
    share = chance.choice((0.02, 0.05, 0.3))

    def change(name: str, line: int, column: int, value: str) -> str:
        if chance.random() < share:
            return odd_cell(chance, line, column)
        return cell(line, column, value) if value else ""

    return packed(lines_of(chance, change))


def of_texts(chance: random.Random) -> bytes:
    """One text is odd, and all else is right."""
    name = chance.choice(("sources", "sources", "twinnings", "twinning_members"))
    column = chance.randrange(len(workbook_columns()[name]))

    def change(table: str, line: int, at: int, value: str) -> str:
        value = odd.text(chance) if (table, at) == (name, column) else value
        return cell(line, at, value) if value else ""

    return packed(lines_of(chance, change))


def of_sheets(chance: random.Random) -> bytes:
    """Sizes, merged cells, hidden rows, names of sheets and columns, counts and formats that are odd."""
    parts = right(chance)
    part = sheets()[chance.choice([*SHEETS, "events"])]
    text = parts[part].decode()
    number = chance.choice((0, -1, 1, 2**31, 10**12, 300))
    match chance.randrange(12):
        case 0:
            odd_size = chance.choice(("A1", "A1:XFD1048576", "A1:A1", "?", "", "Z9:A1", "A1:A99999999"))
            text = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{odd_size}"', text)
        case 1:
            text = text.replace(
                "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A4:C9"/></mergeCells>'
            )
        case 2:
            text = text.replace('<row r="4"', '<row r="4" hidden="1" ht="-5" outlineLevel="9"')
        case 3:
            text = text.replace('<row r="4"', f'<row r="{number}"')
        case 4:
            text = text.replace('<row r="4"', '<row r="4"/>' * chance.choice((1, 2_000)) + '<row r="4"')
        case 5:
            title = quoteattr(odd.text(chance))
            workbook_part = parts["xl/workbook.xml"].decode()
            parts["xl/workbook.xml"] = re.sub(
                r'(?<=<sheet name=)"(sources|fields)"', lambda _: title, workbook_part
            ).encode("utf-8", "surrogatepass")
        case 6 | 7 | 8:
            parts["xl/sharedStrings.xml"] = _strings(chance, parts["xl/sharedStrings.xml"], number)
        case 9:
            styles = "xl/styles.xml"
            form = chance.choice(("yyyy", "[h]:mm", "0.00E+00", "[$-F800]dddd", '"', "@", "[Red][<0]d;m;y;h"))
            parts[styles] = parts[styles].replace(b"<numFmts", b"<numFmts").replace(b'numFmtId="49"', b'numFmtId="164"').replace(
                b"<fonts", f"<numFmts count='1'><numFmt numFmtId='164' formatCode={quoteattr(form)}/></numFmts><fonts".encode(), 1)  # fmt: skip
            cells = "".join(
                f'<c r="{one}4" s="1"><v>{chance.choice((0, 60, 42000.5, -5, 1e9, 1e300))}</v></c>' for one in "AC"
            )
            text = text.replace("</sheetData>", f'<row r="9">{cells}</row></sheetData>')
        case 10:
            parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')
        case 11:
            text = text.replace("<sheetData>", "<sheetData>" * chance.choice((2, 40))).replace(
                "</cols>", "</cols>" * chance.choice((1, 2))
            )
    parts[part] = text.encode()
    return packed(parts)


def _strings(chance: random.Random, strings: bytes, number: int) -> bytes:
    """Shared texts that are counted wrongly, in another order, or others."""
    match chance.randrange(3):
        case 0:
            return re.sub(rb'(count|uniqueCount)="\d+"', rf'\1="{number}"'.encode(), strings)
        case 1:
            every = strings.split(b"<si>")
            chance.shuffle(every)
            return b"<si>".join(every[: chance.randint(1, len(every))])
    old = chance.choice((b"<t>id</t>", b"<t>title</t>", b"<t>level</t>"))
    return strings.replace(old, f"<t>{escape(odd.text(chance))}</t>".encode("utf-8", "surrogatepass"))


def of_parts(chance: random.Random) -> bytes:
    """A part is away, empty, another one, or has odd bytes in its XML."""
    parts = right(chance)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(list(parts))
        data = bytearray(parts[name])
        match chance.randrange(8):
            case 0:
                del parts[name]
            case 1:
                parts[name] = b""
            case 2:
                parts[name] = parts[chance.choice(list(parts))]
            case 3:
                parts[name.replace("xl/", chance.choice(("XL/", "../xl/", "xl//", "/xl/", "xl\\")))] = parts.pop(name)
            case 4:
                parts[name] = bytes(data[: chance.randrange(len(data) + 1)])
            case _:
                for _ in range(chance.randint(1, 4)):
                    at = chance.randrange(len(data) + 1)
                    data[at : at + chance.choice((0, 0, 1, 3, 30))] = chance.choice(TOKENS)
                parts[name] = bytes(data)
        if not parts:
            break
    return packed(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


def of_bytes(chance: random.Random) -> bytes:
    """Bytes of the file are others, away, or more."""
    data = bytearray(packed(right(chance)))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        match chance.randrange(5):
            case 0 | 1:
                data[at] = chance.randrange(256)
            case 2:
                del data[at : at + chance.choice((1, 40, 4_000))]
            case 3:
                data[at:at] = bytes(chance.choice((1, 30, 3_000)))
            case 4:
                end = chance.randrange(len(data))
                data[at:at] = data[end : end + chance.choice((4, 400))]
        if not data:
            break
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data)


def of_heads(chance: random.Random) -> bytes:
    """A field in a head of the archive is another: flags, method, sizes, names, places."""
    data = bytearray(packed(right(chance)))
    for _ in range(chance.randint(1, 3)):
        mark, length = chance.choice(((b"PK\x03\x04", 30), (b"PK\x01\x02", 46), (b"PK\x05\x06", 22)))
        heads = [found.start() for found in re.finditer(re.escape(mark), data)]
        at = chance.choice(heads) + chance.randrange(4, length)
        data[at] = chance.choice((0, 1, 8, 9, 12, 14, 93, 99, 255, data[at] ^ (1 << chance.randrange(8))))
    return bytes(data)


KINDS = (of_cells, of_cells, of_texts, of_sheets, of_sheets, of_parts, of_bytes, of_heads)


def attempt(number: int, folder: Path, whole: bool = True) -> str:
    """What the check says of the workbook of this number; what it fails of is raised."""
    chance = random.Random(number)
    kind = chance.choice(KINDS)
    content = kind(chance)
    seeds = write(folder / "seeds", ROWS)
    checked, _ = filled_rows.write_rows(content, "filled.xlsx", folder / "rows", seeds)
    said = [str(one) for one in checked.findings]
    for line in said:
        assert line.isprintable(), repr(line)
        assert len(line) < 2_000, line
    return f"{HOLDS}: {kind.__name__} {'accepted' if checked.ready else 'refused'}: {said[:1]}"


def prepare() -> None:
    """Load what every attempt needs, before processes are parted."""
    import openpyxl  # noqa: F401

    sheets()
    workbook_columns()
