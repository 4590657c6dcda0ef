"""Exports beside the sessions: one process makes them, and one that dies is replaced."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import pytest

from atlas import SEEDS, charts, contribute, scenes
from atlas.exports import archive, spreadsheets
from atlas.exports.documents import export
from atlas.exports.workshop import apart, export_apart, of_atlas
from atlas.i18n import Translator
from atlas.records import schema
from atlas.selection import Selection

HA_GIANG = Selection(province=("ha-giang",), q="mèo vạc")


def processes() -> list:
    """The processes that this one has started to make exports."""
    return [one for one in multiprocessing.active_children() if one.name.startswith("SpawnProcess")]


@pytest.mark.parametrize(
    ("kind", "selection", "language"),
    [("csv", None, "vi"), ("geojson", HA_GIANG, "zh"), ("xlsx", HA_GIANG, "en"), ("svg", HA_GIANG, "vi-zh")],
)
def test_what_is_made_apart_is_what_is_made_here(atlas, kind, selection, language):
    assert export_apart(kind, selection, language) == export(atlas, kind, selection, language)


def test_slides_show_the_scenes_that_were_put_in_order(atlas):
    sequence = scenes.sequence(atlas, HA_GIANG)[:2]
    made = export_apart("pptx", HA_GIANG, "vi", sequence)
    assert made == export(atlas, "pptx", HA_GIANG, "vi", sequence=sequence)
    assert made != export(atlas, "pptx", HA_GIANG, "vi")


def test_every_other_file_is_made_apart_as_it_is_here(atlas):
    english = Translator("en")
    for make, arguments in [(archive.datapackage, (english,)), (spreadsheets.csv_table, (None, english, "agreements"))]:
        assert of_atlas(make, *arguments) == make(atlas, *arguments)
    rows = atlas.table("figures")[lambda every: every["programme"] == "scholarship"]
    plot = charts.statements(atlas, rows[rows["rate"] == "per_year"], english, "Offered each year")
    for make, arguments in [
        (charts.image, (plot, "Source: one", "svg", "en")),
        (spreadsheets.csv, (plot.table,)),
        (contribute.template, (schema(SEEDS), english)),
    ]:
        assert apart(make, *arguments) == make(*arguments)


def test_many_who_export_at_once_share_one_process(atlas):
    with ThreadPoolExecutor(8) as visitors:
        made = list(visitors.map(lambda _: export_apart("geojson", HA_GIANG, "vi"), range(8)))
    assert set(made) == {export(atlas, "geojson", HA_GIANG, "vi")}
    assert len(processes()) == 1


def test_an_export_process_that_was_killed_is_replaced(atlas):
    export_apart("geojson", HA_GIANG, "vi")
    (before,) = processes()
    before.kill()
    before.join(20)
    with ThreadPoolExecutor(4) as visitors:
        made = list(visitors.map(lambda _: export_apart("geojson", HA_GIANG, "vi"), range(4)))
    assert set(made) == {export(atlas, "geojson", HA_GIANG, "vi")}
    (after,) = processes()
    assert after.pid != before.pid
