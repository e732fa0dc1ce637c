"""Tables as files that no program runs anything from.

A cell of text that a spreadsheet would take for a formula gets an apostrophe before it, in CSV and
in XLSX, also behind white space. What XML cannot hold is left out. CSV is UTF-8 with a byte order
mark and `;` between cells, as a spreadsheet set to Dutch opens it by itself.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Cell = str | int | None
_FORMULA: Final = frozenset("=+-@＝＋－＠")
_BREAKS_CELL: Final = frozenset("\t\r\n")
# Control characters, halves of pairs and what is no character: XML 1.0, section 2.2.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST: Final = 60  # characters
_CELL: Final = 32_767  # characters of a cell, by the specification of spreadsheets


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a title, a row of headings and rows as long."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def plain(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def neutralised(text: str) -> str:
    """Return text that a spreadsheet shows as it is and never computes."""
    clean = plain(text)
    is_formula = clean[:1] in _BREAKS_CELL or clean.lstrip()[:1] in _FORMULA
    return f"'{clean}" if clean and is_formula else clean


def csv_of(table: Table) -> bytes:
    """Return a table as CSV; every text is quoted, lines end as RFC 4180 has it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(table.headings)
    for row in table.rows:
        writer.writerow([_safe(one) for one in row])
    return codecs.BOM_UTF8 + written.getvalue().encode()


def xlsx_of(tables: Sequence[Table]) -> bytes:
    """Return tables as the sheets of a workbook; every text is a text, whatever it looks like."""
    # Importing it takes a fifth of a second, which every start would pay.
    from openpyxl import Workbook  # noqa: PLC0415 # see the line above
    from openpyxl.cell import Cell as SheetCell  # noqa: PLC0415 # likewise
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 # likewise
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 # likewise

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.freeze_panes = "A2"
        for number, heading in enumerate(table.headings):
            texts = [str(row[number] or "") for row in table.rows]
            width = min(max(map(len, (heading, *texts))) + 2, _WIDEST)
            sheet.column_dimensions[get_column_letter(number + 1)].width = width
        for row in (table.headings, *table.rows):
            cells: list[SheetCell] = []
            for one in row:
                safe = _safe(one)
                cell = WriteOnlyCell(sheet, safe[:_CELL] if isinstance(safe, str) else safe)
                if isinstance(safe, str):
                    cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def json_of(value: object) -> bytes:
    """Return plain data as JSON in UTF-8: nothing is left out of texts or put before them."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return f"{written}\n".encode("utf-8", "replace")


def _safe(cell: Cell) -> Cell:
    return neutralised(cell) if isinstance(cell, str) else cell
