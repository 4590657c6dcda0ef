"""The first of the files that `python -m tests.mutations` damages and makes odd, see CONTRIBUTING."""

import random

import pytest

from atlas import SEEDS, AtlasError, build, records
from atlas.model.atlas import assemble
from tests.mutations import apart, seeds, shown, workbooks

WORKBOOKS, FOLDERS = 16, 12


def test_odd_workbooks_are_accepted_or_refused_in_sentences(tmp_path):
    said = [workbooks.attempt(number, made(tmp_path, number)) for number in range(WORKBOOKS)]
    assert any(" accepted" in one for one in said)
    assert any(" refused" in one for one in said)


def made(parent, number):
    folder = parent / str(number)
    folder.mkdir()
    return folder


def test_odd_tables_are_valid_or_refused_in_sentences(tmp_path):
    said = [seeds.validated(random.Random(number), made(tmp_path, number)) for number in range(FOLDERS)]
    assert 0 < sum(problems == [] for _, problems in said) < FOLDERS


@pytest.fixture(scope="module")
def bare():
    """An atlas of the places that the map draws, and of nothing else but what these cite."""
    tables = seeds.typed(seeds.part(random.Random(0), share=0))
    return assemble(build.files_of(tables, (SEEDS / records.DESCRIPTION).read_bytes(), seeds.layers()))


def test_an_atlas_without_records_has_all_its_pages(bare):
    assert not len(bare.twinnings) + len(bare.table("figures")) + len(bare.table("events"))
    assert shown.failing_pages(bare, random.Random(0), shown.PAGES) == []


def test_an_atlas_without_records_answers_programs(bare):
    assert shown.failing_answers(bare) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg", "svg", "border-svg", "html", "pptx", "docx"])
def test_an_atlas_without_records_is_exported(bare, kind):
    assert shown.failing_files(bare, random.Random(0), [kind]) == []


def test_areas_of_units_that_are_no_places_are_named(bare):
    tables = bare.tables | {"places": bare.table("places").drop("vn-02")}
    with pytest.raises(records.InvalidRecords) as refused:
        build.files_of(tables, b"", seeds.layers())
    assert str(refused.value).startswith(
        'layers/vn-provinces-2024.geojson id "vn-02": expected a unit in places.csv; where one was taken out'
    )


def test_what_is_tried_apart_is_told_with_its_traces(tmp_path):
    import os
    import signal
    import tempfile

    def leaves(folder):
        tempfile.mkdtemp()
        return apart.HOLDS

    assert apart.tried(lambda folder: apart.HOLDS, 5).fault(5, 500) is None
    assert apart.tried(leaves, 5).fault(5, 500).startswith("left ")
    assert "ended by SIGKILL" in apart.tried(lambda folder: os.kill(os.getpid(), signal.SIGKILL), 5).fault(5, 500)
    assert "AtlasError" in apart.tried(lambda folder: raised(AtlasError("x")), 5).fault(5, 500)


def raised(error):
    raise error
