"""Bars of parts as charts that carry their data."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.slide import Slide

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Bar, Segment
from atlas.exports.slides.ooxml import A, C, Element, describe, filled
from atlas.exports.summary import grouped
from atlas.look.palette import ink_on
from atlas.look.text import clean

# numbers in groups of three with thin spaces, as everywhere where two languages stand below each other
GROUPED = '[>=1000000]" "#"\u2009"###"\u2009"##0;[>=1000]" "#"\u2009"##0;" "General'
GAP = 19_050  # between the parts, in EMU
AT_START = "inBase"
SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")  # what a label may say, in their order


def stacked(slide: Slide, placeholder: Any, bar: Bar, version: str, size: float) -> Any:
    """A chart of one bar, in a placeholder if there is one; its frame.

    :param version: the day (ISO 8601) by which its workbook is dated.
    :param size: of the numbers in it, in points.
    """
    data = CategoryChartData(number_format="General")
    data.categories = [_line(bar.name)]
    for segment in bar.segments:
        data.add_series(_line(segment.name), [segment.value])
    kind = XL_CHART_TYPE.BAR_STACKED
    frame = placeholder.insert_chart(kind, data) if placeholder else slide.shapes.add_chart(kind, 0, 0, 1, 1, data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(data, version))
    chart.has_title = chart.has_legend = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, bar.most
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = chart.category_axis.visible = False
    plot = chart.plots[0]
    plot.overlap, plot.gap_width = 100, 0
    _whole(chart._chartSpace.chart.plotArea)
    for series, segment in zip(plot.series, bar.segments):
        edge = A.ln(filled(board.PAPER), w=GAP)
        series._element.get_or_add_spPr().extend((filled(segment.colour), edge))
        _labelled(series, segment, size)
    parts = "; ".join(f"{_line(one.name)}: {grouped(one.value)}" for one in bar.segments)
    describe(frame, f"{_line(bar.name)}. {parts}")
    return frame


def _line(text: str) -> str:
    return clean(text.replace("\n", " / "))


def _whole(plot_area: Element) -> None:
    """Let the bar fill its frame, as nothing else stands in it."""
    for former in plot_area.findall(qn("c:layout")):
        plot_area.remove(former)
    edges = (C(name, val=value) for name, value in (("x", "0"), ("y", "0"), ("w", "1"), ("h", "1")))
    modes = (C.layoutTarget(val="inner"), C.xMode(val="edge"), C.yMode(val="edge"))
    plot_area.insert(0, C.layout(C.manualLayout(*modes, *edges)))


def _labelled(series: Any, segment: Segment, size: float) -> None:
    """The number of a part in it, or what is said in its stead; nothing where there is no room."""
    labels = series.data_labels._element
    for former in list(labels):
        labels.remove(former)
    shown = [C(f"show{name}", val=str(int(name == "Val" and bool(segment.said)))) for name in SHOWN]
    if not segment.said:
        labels.extend(shown)
        return
    # a space keeps it off the edge; a number that is more than its value, such as "2 000+", is a format of its own
    literal = f'" {segment.said.replace(chr(34), "")}"'
    code = GROUPED if segment.said == grouped(segment.value) else literal
    colour = ink_on(segment.colour)
    look = A.defRPr(filled(colour), A.latin(typeface="+mn-lt"), A.ea(typeface="+mn-ea"), sz=round(size * 100), b=1)
    body = C.txPr(A.bodyPr(wrap="none"), A.lstStyle(), A.p(A.pPr(look), A.endParaRPr()))
    number = C.numFmt(formatCode=clean(code), sourceLinked="0")
    labels.extend((number, C.spPr(A.noFill(), A.ln(A.noFill())), body, C.dLblPos(val=AT_START), *shown))


def _workbook(data: CategoryChartData, version: str) -> bytes:
    """The data of a chart laid out as python-pptx does, whose own workbook would take a text that starts with = for a formula."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": datetime.fromisoformat(version)})
        sheet = book.add_worksheet()
        sheet.write_column(1, 0, [category.label for category in data.categories])
        for column, series in enumerate(data, start=1):
            sheet.write_string(0, column, series.name)
            sheet.write_column(1, column, series.values)
    return content.getvalue()
