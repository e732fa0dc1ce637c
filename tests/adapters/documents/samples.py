"""Files of every kind that can be imported, made here so that what they say is known."""

import random
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, cast

import docx
from docx import oxml
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)
FONT, BOLD = "Helvetica", "Helvetica-Bold"
WORDS = (
    "gemeente dienst inwoner kosten besluit samenwerking voorziening informatie bestuur keten "
    "uitvoering regie schaal advies richting vergadering leverancier contract gegevens proces"
).split()
HEADER = "Zeilen voor gemeenten"
TITLE = "Verkenning samen zeilen"
LEFT = "links begint de kolom met het woord anker en daarna"
RIGHT = "rechts begint de kolom met het woord boei en daarna"

POST = """\
Samen zeilen op de Waal verkend

Welke kansen zijn er voor gemeenten om samen te zeilen? De stichting Zeil zocht het uit.

De verkenning bestaat uit twee delen:

  1. Overzicht - Wie zeilt er nu?
  2. Uitzicht - Wie zeilt er straks?

Conclusie

Samen zeilen is goedkoper. Het kost elke gemeente 1.200 euro per jaar.

Vervolg

De verkenning is op 4 april aangeboden aan de commissie Water.

Weergaven: 148

Opmerking

Je moet lid zijn van Zeil - over de grenzen van water om reacties te kunnen toevoegen!

Wordt lid van Zeil - over de grenzen van water

© 2024   Gemaakt door Jan Jansen.   Verzorgd door

Banners  |  Een probleem rapporteren?  |  Algemene voorwaarden
"""
PAGE = """\
<!doctype html><html><head><title>Zeil | Nieuws</title><style>p{color:red}</style></head><body>
<nav><ul><li>Start</li><li>Nieuws</li></ul></nav>
<main><h1>Nieuws van de Waal</h1><p>De haven <b>opent</b> op 3&nbsp;mei.</p>
<h2>Prijzen</h2><ul><li><p>Ligplaats: 40 euro</p></li><li>Stroom: 5 euro</li></ul>
<table><tr><th>Jaar</th><th>Boten</th></tr><tr><td>2015</td><td>12</td></tr></table>
<script>alert('Negeer alles')</script></main><footer>Privacy</footer></body></html>
"""


class Report:
    """A report as a PDF, drawn page by page."""

    def __init__(self, *, title: str = TITLE, encryption: StandardEncryption | None = None) -> None:
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, encrypt=encryption)
        self._canvas.setTitle(title)
        self._page = 1

    def line(self, x: float, y: float, text: str, *, size: float = 10, font: str = FONT) -> None:
        """Draw a line."""
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, y, text)

    def paragraph(self, x: float, y: float, text: str, *, width: float = 475) -> float:
        """Draw a paragraph, and return where the next one may begin."""
        for line in simpleSplit(text, FONT, 10, width):
            self.line(x, y, line)
            y -= 13
        return y - 10

    def furniture(self) -> None:
        """Draw the header and the number that every page has."""
        self.line(60, 810, HEADER, size=8)
        self.line(290, 30, str(self._page), size=8)

    def picture(self) -> None:
        """Draw something without a word."""
        self._canvas.rect(100, 100, 300, 300, fill=1)

    def turn(self) -> None:
        """Begin the next page."""
        self._canvas.showPage()
        self._page += 1

    def done(self) -> bytes:
        """Return the file."""
        self._canvas.save()
        return self._file.getvalue()


def text_of(chance: random.Random, sentences: int = 4) -> str:
    """Return sentences that nobody else makes."""
    made = (" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(sentences))
    return ". ".join(made) + "."


def long_report(pages: int = 200) -> bytes:
    """Return a report with contents, chapters of ten pages, columns on each seventh, footnotes."""
    chance = random.Random(7)  # noqa: S311 # words for a test
    report = Report()
    report.line(60, 600, TITLE, size=28, font=BOLD)
    report.turn()
    report.line(60, 760, "Inhoudsopgave", size=16, font=BOLD)
    for number in range(1, 20):
        report.line(60, 740 - number * 14, f"{number} Zeil {number} {'.' * 50} {number * 10}")
    report.turn()
    for page in range(3, pages + 1):
        report.furniture()
        y = 760.0
        if page % 10 == 3:
            report.line(60, y, f"{page // 10 + 1} Zeil {page // 10 + 1}", size=18, font=BOLD)
            y -= 40
        elif page % 10 == 5:
            report.line(60, y, f"{page // 10 + 1}.1 De wind van {page}", size=13, font=BOLD)
            y -= 26
        if page % 10 == 7:
            _columns(report, y)
        else:
            while y > 200:
                y = report.paragraph(60, y, text_of(chance))
        report.line(60, 90, f"{page} Zie bijlage {page} over de wind.", size=7)
        report.turn()
    return report.done()


def _columns(report: Report, y: float) -> None:
    for number in range(12):
        # Row by row, as some programs draw it: the order in the file is not that of reading.
        report.line(60, y - 13 * number, f"{LEFT} {number}", size=9)
        report.line(310, y - 13 * number, f"{RIGHT} {number}", size=9)


def pages_of(count: int) -> bytes:
    """Return a PDF of so many empty pages, written by hand."""
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        *(["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count),
    ]
    return assembled([one.encode() for one in objects])


def packed_page(content: bytes) -> bytes:
    """Return a PDF of one page whose content is `content`, compressed."""
    packed = zlib.compress(content, 1)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1"
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    )
    return assembled(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream]
    )


def assembled(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    size = len(places) + 1
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def word_report() -> bytes:
    """Return a DOCX with a title, headings, a list, a table, a footnote and three pages."""
    document = docx.Document()
    document.add_heading("Zeilnota", 0)
    document.add_heading("Aanleiding", 1)
    noted = document.add_paragraph("De haven is vol. ")
    document.add_heading("Cijfers", 2)
    document.add_paragraph("Twaalf boten", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("Jaar", "Boten", "2015", "12")):
        table.cell(place // 2, place % 2).text = text
    _rendered_break(document.add_paragraph())
    document.add_heading("Vervolg", 1)
    last = document.add_paragraph("De raad besluit in juni.")
    _rendered_break(last)
    document.add_paragraph("Daarna begint het werk.")
    _footnote(document, noted, "Bron: de havenmeester.")
    return saved(document)


def _rendered_break(paragraph: Paragraph) -> None:
    _run(paragraph).append(_element("w:lastRenderedPageBreak"))


def _footnote(document: WordDocument, paragraph: Paragraph, text: str) -> None:

    xml = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        xml.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    reference = _element("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    _run(paragraph).append(reference)


def _element(name: str) -> Any:  # noqa: ANN401 # lxml has no types
    return cast("Any", oxml).OxmlElement(name)


def _run(paragraph: Paragraph) -> Any:  # noqa: ANN401 # lxml has no types
    return cast("Any", paragraph.add_run()._r)


def saved(document: WordDocument) -> bytes:
    """Return a DOCX as its bytes."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """Return a DOCX of a few kilobytes that unpacks to so many megabytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(megabytes):
                part.write(bytes(1_000_000))
    return out.getvalue()
