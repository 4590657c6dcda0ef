"""The commands as a user types them."""

import json
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest

from atlas import ROOT, cli
from atlas.exports import formats


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "atlas", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def test_the_committed_seeds_are_valid():
    answer = run("validate")
    assert (answer.returncode, answer.stdout) == (0, "")


def test_check_lists_remarks_and_exits_2():
    answer = run("check")
    assert answer.returncode == 2
    assert "seeds/figures.csv" in answer.stdout


def test_stats_prints_counts_as_json(capsys):
    assert cli.main(["stats", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["twinnings"] == sum(counts["twinnings_by_level"].values()) > 75
    assert counts["places"] > counts["sources"] > 400


def test_errors_name_file_row_column_value_and_expectation(tmp_path, monkeypatch, capsys):
    import shutil

    seeds = shutil.copytree(cli.SEEDS, tmp_path / "seeds")
    table = seeds / "twinnings.csv"
    table.write_text(table.read_text("utf-8").replace(",2016,", ",2016-13,", 1), "utf-8")
    monkeypatch.setattr(cli, "SEEDS", seeds)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["validate"]) == 1
    line = capsys.readouterr().out.strip()
    assert line.startswith("seeds/twinnings.csv:")
    assert 'signed_on "2016-13": expected YYYY, YYYY-MM or YYYY-MM-DD' in line


IMPORT = ["--level", "province", "--code-column", "code", "--valid-from", "2025-07-01", "--source", "Survey"]


def test_a_missing_boundary_file_is_refused_and_nothing_changes(capsys):
    before = (cli.DATA / "manifest.json").read_bytes()
    assert cli.main(["boundaries", "import", "no.geojson", *IMPORT]) == 1
    assert "no.geojson" in capsys.readouterr().out
    assert (cli.DATA / "manifest.json").read_bytes() == before


def test_a_dry_run_tells_what_an_import_would_change_and_writes_nothing(tmp_path, capsys):
    survey = tmp_path / "survey.geojson"
    features = json.loads((cli.DATA / "layers" / "vn-provinces-2025.geojson").read_text("utf-8"))["features"]
    chosen = next(one for one in features if one["properties"]["id"] == "vn-04")
    chosen["properties"]["code"] = "4"
    survey.write_text(json.dumps({"type": "FeatureCollection", "features": [chosen]}))
    before = {path: path.read_bytes() for path in cli.DATA.rglob("*") if path.is_file()}
    assert cli.main(["boundaries", "import", str(survey), *IMPORT, "--dry-run"]) == 0
    told = capsys.readouterr()
    assert "vn-provinces-2025: 1 area is the survey's: vn-04" in told.out
    assert "survey.geojson: 1 codes had lost their leading zeros" in told.out
    assert told.err == "nothing was written\n"
    assert {path: path.read_bytes() for path in cli.DATA.rglob("*") if path.is_file()} == before


def test_contribution_template_opens(tmp_path):
    path = tmp_path / "template.xlsx"
    assert cli.main(["contribute", "template", str(path), "--lang", "vi"]) in (0, None)
    assert "twinnings" in openpyxl.load_workbook(path).sheetnames


def test_a_contribution_template_has_the_records_of_what_is_chosen(tmp_path, capsys):
    path = tmp_path / "template.xlsx"
    command = ["contribute", "template", str(path), "--lang", "zh"]
    assert cli.main([*command, "--unit", "Mèo Vạc, Hà Giang", "--series", "spring_meeting"]) == 0
    rows = {sheet.title: sheet.max_row for sheet in openpyxl.load_workbook(path)}
    assert rows["twinnings"] > 3
    assert rows["series_members"] > 3
    path.unlink()
    for wrong, said in (("--unit", "--unit"), ("--series", "series"), ("--province", "--province")):
        assert cli.main([*command, wrong, "nowhere"]) == 1
        assert f'{said} "nowhere": expected' in capsys.readouterr().err
    assert not path.exists()


def test_a_file_that_is_no_workbook_is_refused(tmp_path, capsys):
    path = tmp_path / "broken.xlsx"
    path.write_text("not a workbook")
    assert cli.main(["contribute", "check", str(path), "--out", str(tmp_path / "rows")]) == 1
    told = capsys.readouterr()
    assert "This is a text or CSV file (in UTF-8)" in told.out
    assert told.err == "broken.xlsx: nothing was written\n"
    assert cli.main(["contribute", "check", str(path), "--out", str(tmp_path / "rows"), "--lang", "zh"]) == 1
    assert "这是文本或CSV文件（UTF-8编码）" in capsys.readouterr().out
    assert not (tmp_path / "rows").exists()


def test_a_reading_is_taken_when_it_is_confirmed(tmp_path, capsys):
    path, out = tmp_path / "filled.xlsx", tmp_path / "rows"
    cli.main(["contribute", "template", str(path)])
    book = openpyxl.load_workbook(path)
    row = {"id": "new-paper", "title": "Báo mới", "kind": "press", "published": "2024"}
    book["sources"].append([row.get(cell.value) for cell in book["sources"][1]])
    book.save(path)
    asked = ["contribute", "check", str(path), "--out", str(out)]
    assert cli.main(asked) == 1
    assert cli.main([*asked, "--confirm", "sources!B4"]) == 1
    assert 'expected one of sources!G4; did you mean "sources!G4"?' in capsys.readouterr().err
    assert cli.main([*asked, "--confirm", "'sources!G4'"]) == 0
    assert "new-paper,Báo mới,,,2024,,article," in (out / "sources.csv").read_text("utf-8")


def test_csv_is_what_its_name_says(tmp_path, capsys):
    path = tmp_path / "figures.csv"
    assert cli.main(["export", "csv", str(path), "--table", "figures", "--province", "quang-ninh", "--lang", "en"]) == 0
    figures = pd.read_csv(path, dtype=str)
    assert {"176", "157", "19", "61"} <= set(figures["Value"])
    assert cli.main(["export", "pptx", str(tmp_path / "deck.docx")]) == 1
    assert ".pptx" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["figures.csv"]


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        *((["export", kind], one.suffix) for kind, one in formats.KINDS.items()),
        (["session", "twinning"], "json"),
        (["compare", "lao-cai", "cao-bang"], "csv"),
        (["report", "jwc-16-2025"], "docx"),
        (["template", "write"], "pptx"),
        (["template", "check"], "pptx"),
        (["contribute", "template"], "xlsx"),
    ],
)
def test_a_name_that_says_another_kind_of_file_is_refused(command, suffix, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("file.odt", "file", f"{suffix}.old", f"file{suffix}"):
        assert cli.main([*command, name]) == 1
        told = capsys.readouterr().err
        assert name in told
        assert f".{suffix}" in told
    assert list(tmp_path.iterdir()) == []


def test_a_report_takes_the_filters_of_its_page(tmp_path, capsys):
    path = tmp_path / "report.xlsx"
    asked = ["report", "jwc-16-2025", str(path), "--lang", "en"]
    assert cli.main([*asked, "--field", "health", "--field", "transport", "--side", "both"]) == 0
    rows = list(openpyxl.load_workbook(path).worksheets[1].values)
    assert {row[rows[0].index("Field of cooperation")] for row in rows[1:]} == {"Health"}
    assert cli.main([*asked, "--state", "under-way"]) == 1
    assert 'under-way": expected a value' in capsys.readouterr().err


def test_a_session_is_written_and_exported(tmp_path, capsys):
    file, out = tmp_path / "session.json", tmp_path / "events.csv"
    made = ["session", "education", "--province", "lai-chau", "--asof", "2025-06-30", "--lang", "zh-vi", str(file)]
    assert cli.main(made) == 0
    saved = json.loads(file.read_text("utf-8"))
    assert (saved["kind"], saved["language"]) == ("education", "zh-vi")
    assert saved["selection"] == {"province": ["lai-chau"], "asof": ["2025-06-30"]}
    follow = ["export", "csv", str(out), "--table", "events", "--session", str(file)]
    assert cli.main(follow) == 0
    rows = out.read_text("utf-8-sig")
    assert len(rows.splitlines()) < 100  # those of one province
    assert cli.main([*follow, "--province", "ha-giang", "--asof", "2024-01-01"]) == 1
    assert "leave out --province, --asof" in capsys.readouterr().err


def test_a_session_that_is_refused_is_answered_at_once_and_nothing_is_written(tmp_path, capsys):
    file, out = tmp_path / "session.json", tmp_path / "deck.pptx"
    file.write_text(
        '{"format": "border-cooperation-atlas-session", "version": 2, "kind": "film", "scenes": [{"kind": "x"}]}'
    )
    assert cli.main(["export", "pptx", str(out), "--session", str(file)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in said if "found" in line] == ["kind", "language", "audience", "scene 1, kind"]
    assert not out.exists()
    assert cli.main(["export", "pptx", str(out), "--session", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
    assert cli.main(["session", "twinning", "--province", "ha-gian", str(file)]) == 1
    assert 'did you mean "ha-giang"' in capsys.readouterr().err
    assert cli.main(["session", "twinning", str(tmp_path / "session.pptx")]) == 1
    assert ".json" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["boundaries"]])
def test_wrong_usage_exits_2(arguments):
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2


def test_ctrl_c_is_a_sentence(monkeypatch, capsys):
    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.store, "load", stopped)
    assert cli.main(["stats"]) == 130
    assert capsys.readouterr().err == "stopped; what was there stays\n"
