"""``python -m atlas``: check, build and count the records, and look after the boundary layers."""

import argparse
import json
import math
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from atlas import DATA, ENGLISH, ROOT, SEEDS, AtlasError, UnknownValue, build, meant, records
from atlas.cli import changes, inbox
from atlas.cli.arguments import FILTERS, READYMADE, parser
from atlas.exports import foreign, formats, recognised
from atlas.exports.contributions import check as filled
from atlas.exports.contributions import prefilled
from atlas.files import DISK_FULL, MAKE_ROOM, read_bytes, temporary_folder, write_bytes_atomically
from atlas.model import agreed, history, pasted, recognition, session_file, sides, store
from atlas.model.agreed import Wanted
from atlas.model.atlas import Atlas
from atlas.model.audience import released
from atlas.model.selection import CONFIDENCE, POINTS, SPELLED, Selection
from atlas.model.session import Session
from atlas.words import findings
from atlas.words.translator import Translator


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 errors, 2 remarks (or wrong usage)."""
    options = parser(COMMANDS, __doc__ or "").parse_args(arguments)
    try:
        return options.function(options) or 0
    except records.InvalidRecords as error:
        return _refused(error.problems, "nothing was written", getattr(options, "lang", ENGLISH))
    except AtlasError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped; what was there stays", file=sys.stderr)
        return 130  # as shells tell it
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        print(f"{error}; {MAKE_ROOM}", file=sys.stderr)
    return 1


def validate(options: argparse.Namespace) -> int:
    """Print every hard error of the seeds, or the release among them that is not what was written."""
    seeds = os.path.relpath(SEEDS)
    problems = records.validate(seeds)
    if not problems:
        built = {f"layers/{path.name}": path.read_bytes() for path in sorted((DATA / "layers").glob("*.geojson"))}
        problems = build.unknown_units(built, records.read(seeds)["places"]["id"])
    if problems:
        return _refused(problems, "see docs/data-dictionary.md for what each column expects", options.lang)
    history.replay(build.releases(Path(seeds)))
    print("seeds/ is valid", file=sys.stderr)
    return 0


def check(options: argparse.Namespace) -> int:
    """Print every soft remark on the seeds, after the hard errors if there are any."""
    if failed := validate(options):
        return failed
    remarks = records.check(os.path.relpath(SEEDS))
    _tell(remarks, options.lang)
    return 2 if remarks else 0


def build_data(options: argparse.Namespace) -> None:
    """Build data/, showing progress; on hard errors data/ stays as it was."""
    with _progress() as progress:
        build.build(Path(os.path.relpath(SEEDS)), DATA, progress)


def publish(options: argparse.Namespace) -> None:
    """Write data/ to the shared store; what replicas show changes when the last row is there."""
    from server import postgres

    with _progress() as progress:
        number = postgres.publish(options.url, DATA, progress)
    print(f"published as number {number}", file=sys.stderr)


def dictionary(options: argparse.Namespace) -> None:
    """Write the data dictionary."""
    write_bytes_atomically(ROOT / "docs" / "data-dictionary.md", records.dictionary(SEEDS).encode())


def stats(options: argparse.Namespace) -> None:
    """Print counts of the built atlas."""
    counts = build.statistics(store.load())
    lines = (f"{name}: {value}" for name, value in counts.items())
    print(json.dumps(counts, ensure_ascii=False, indent=1) if options.json else "\n".join(lines))


def export(options: argparse.Namespace) -> int:
    """Write slides, a briefing, a hand-out, a picture or data of a selection."""
    suffix = formats.suffix_of(options.out.name, formats.KINDS[options.kind].suffixes)
    atlas = store.load()
    table = formats.table_for(atlas, suffix, options.table)
    followed = _session(atlas, options)
    selection = _selection(atlas, options)
    if selection is None:
        return 1
    names = options.proposed_names == "show"
    template = _template(options.kind, options.template)
    with _progress() as progress:
        content = formats.export(
            atlas,
            options.kind,
            selection,
            options.lang,
            progress,
            proposed_names=names,
            table=table,
            audience=options.audience,
            session=followed,
            template=template,
            units=tuple(options.unit) if options.unit else None,
        )
        progress("done", 1.0)
    write_bytes_atomically(options.out, content)
    return 0


def _template(kind: str, path: Path | None) -> foreign.File | None:
    """An office's own template, if one is named."""
    return foreign.File(path.name, foreign.read(path, formats.form_of_template(kind))) if path else None


def template_write(options: argparse.Namespace) -> None:
    """Write the template of slides that the atlas uses."""
    formats.suffix_of(options.file.name, formats.KINDS["pptx"].suffixes)
    write_bytes_atomically(options.file, formats.own_template())


def template_check(options: argparse.Namespace) -> None:
    """Say that a template has all that it needs, or everything that it lacks."""
    form = formats.form_of_file(options.file.name)
    formats.check_template(foreign.File(options.file.name, foreign.read(options.file, form)))
    print(f"{options.file}: it has all that it needs")


def _session(atlas: Atlas, options: argparse.Namespace) -> Session | None:
    """The session that an export follows, if any; a session has its own filters."""
    if options.session is None:
        return None
    if given := [f"--{name}" for name in FILTERS if getattr(options, name)]:
        raise AtlasError(f"--session: the file says what is selected; leave out {', '.join(given)}")
    return session_file.read(read_bytes(options.session), atlas, Translator(ENGLISH))


def session(options: argparse.Namespace) -> None:
    """Write a ready-made session."""
    formats.suffix_of(options.file.name, ["json"])
    atlas = released(store.load(), options.audience)
    members = (*options.province, *options.region)
    asof = options.asof.isoformat() if options.asof else None
    made = replace(READYMADE[options.kind](atlas, members, options.lang, asof), audience=options.audience)
    write_bytes_atomically(options.file, session_file.write(made))


def compare(options: argparse.Namespace) -> int:
    """Write a table or a slide of two sides."""
    kind = formats.suffix_of(options.out.name, formats.COMPARISONS)
    atlas = store.load()
    compared = sides.both(atlas, options.a, options.b)
    selection = _selection(atlas, options)
    if selection is None:
        return 1
    names = options.proposed_names == "show"
    content = formats.export(
        atlas, kind, selection, options.lang, proposed_names=names, audience=options.audience, sides=compared
    )
    write_bytes_atomically(options.out, content)
    return 0


def report(options: argparse.Namespace) -> int:
    """Write the report on what was agreed since a session."""
    kind = formats.suffix_of(options.out.name, formats.REPORTS)
    atlas = store.load()
    selection = _selection(atlas, options)
    given = {name: values for name in POINTS if (values := getattr(options, name))}
    wanted, wrong = Wanted.from_query(given, atlas)
    _refuse(wrong, agreed.known(atlas))
    if selection is None or wrong:
        return 1
    wanted, names = replace(wanted, since=options.since), options.proposed_names == "show"
    content = formats.export(
        atlas, kind, selection, options.lang, proposed_names=names, audience=options.audience, reported=wanted
    )
    write_bytes_atomically(options.out, content)
    return 0


def _selection(atlas: Atlas, options: argparse.Namespace) -> Selection | None:
    """What the options filter; None, and a message for each, where any of them has a value that there is not."""
    query = {name: values for name in FILTERS if (values := getattr(options, name))}
    selection, ignored = Selection.from_query(query, atlas)
    known = {
        "province": atlas.province_slugs,
        "region": atlas.region_slugs,
        "level": SPELLED,
        "confidence": CONFIDENCE,
        "undated": ("include", "only"),
    }
    _refuse(ignored, known)
    return None if ignored else selection


def _refuse(wrong: Iterable[tuple[str, str]], known: Mapping[str, Iterable[str]]) -> None:
    """A message for each option whose value there is not."""
    for name, value in wrong:
        near = meant(value, known.get(name, ()))
        print(f'--{name} "{value}": expected a value that the address of the page may have{near}', file=sys.stderr)


def contribute_template(options: argparse.Namespace) -> int:
    """Write the workbook to fill in: with the records of what is chosen, blank without any choice."""
    formats.suffix_of(options.file.name, formats.KINDS["xlsx"].suffixes)
    atlas = store.load()
    selection = _selection(atlas, options)
    if selection is None:
        return 1
    units = [_unit(atlas, name, "--unit") for name in options.unit]
    asked = selection if any(getattr(options, name) for name in FILTERS) else None
    content = prefilled.prefilled(atlas, Translator(options.lang), asked, units, options.series)
    write_bytes_atomically(options.file, content)
    return 0


def contribute_check(options: argparse.Namespace) -> int:
    """Check a filled workbook as if its rows stood in seeds/, list what is found, and write them apart when all is well."""
    content = read_bytes(options.file)
    confirmed = filled.places(filled.check(content, options.file.name), options.confirm) if options.confirm else ()
    checked, written = filled.write_rows(content, options.file.name, options.out, confirmed=confirmed)
    _tell(list(checked.findings), options.lang)
    for path in written:
        print(path)
    if not written:
        print(f"{options.file.name}: nothing was written", file=sys.stderr)
    return 0 if written else 1


def recognise(options: argparse.Namespace) -> int:
    """Write what each line of a list means; exit 2 where one is not certain or was left out."""
    atlas = store.load()
    unit = _unit(atlas, options.unit, "--in") if options.unit else None
    content = sys.stdin.buffer.read() if options.file == "-" else read_bytes(Path(options.file))
    read = pasted.read(pasted.decoded(options.file, content))
    rows = pasted.recognised(atlas, read.lines, unit, options.asof, seconds=math.inf)
    sys.stdout.buffer.write(recognised.csv(atlas, rows, options.lang))
    counted = Counter(one.state for one in rows)
    print(", ".join(f"{state}: {counted[state]}" for state in pasted.STATES if counted[state]), file=sys.stderr)
    if read.left_out:
        print(
            f"only the first {pasted.MOST_LINES} lines were looked up; {read.left_out} were left out", file=sys.stderr
        )
    return 2 if read.left_out or counted["choose"] or counted["none"] else 0


def _unit(atlas: Atlas, name: str, option: str) -> str:
    found = recognition.clear(recognition.recognise(atlas, name))
    if not found:
        raise UnknownValue(
            f'{option} "{name}": expected the id or the name of one place; add the unit above it after a comma'
        )
    return found.place


def boundaries_build(options: argparse.Namespace) -> None:
    """Make the layers again and then data/."""
    seeds = Path(os.path.relpath(SEEDS))
    with _progress() as progress:

        def make(layers: Path) -> None:
            build.build_layers(layers, records.read(seeds)["places"], progress)

        build.build(seeds, DATA, progress, make)


def boundaries_import(options: argparse.Namespace) -> None:
    """Replace the areas of one level and period; the former ones stay where anything is wrong, and in a dry run."""
    from atlas.boundaries.importing import import_within
    from atlas.boundaries.survey import Given

    places = records.read(Path(os.path.relpath(SEEDS)))["places"].set_index("id")
    names = places[["name_vi", "name_zh", "name_en"]].apply(lambda row: tuple(filter(None, row)), axis=1).to_dict()
    given = Given(options.layer, options.crs, options.accept_offset, options.encoding, names)
    asked = (options.file, options.level, options.code_column, options.valid_from, options.source)

    def replace(layers: Path) -> None:
        print(*map(Translator(options.lang).said, import_within(asked, layers, given)), sep="\n")

    if options.dry_run:
        with temporary_folder() as folder:
            replace(shutil.copytree(DATA / "layers", folder / "layers"))
        print("nothing was written", file=sys.stderr)
    else:
        with _progress() as progress:
            build.build(Path(os.path.relpath(SEEDS)), DATA, progress, replace)


def boundaries_report(options: argparse.Namespace) -> None:
    """Print what was measured of the layers."""
    from atlas.boundaries import fetch_packages
    from atlas.boundaries.report import report

    tables = records.read(SEEDS)
    fetch_packages(build.PACKAGES)
    print(report(DATA / "layers", build.PACKAGES, tables["places"].set_index("id"), tables["successions"]))


@contextmanager
def _progress() -> Iterator[build.Progress]:
    with tqdm(total=100, bar_format="{l_bar}{bar}| {desc}", disable=None) as bar:

        def progress(step: str, share: float) -> None:
            bar.set_description_str(step, refresh=False)
            bar.update(round(share * 100) - bar.n)

        yield progress


def _tell(found: list, language: str) -> None:
    """Print what was found; English as programs read it, ``file:line column "value": message``."""
    translate, tables = Translator(language), {}
    with suppress(records.InvalidRecords):  # of which what was found tells
        tables = records.schema(SEEDS).tables
    for one in found:
        print(one if language == ENGLISH else findings.told(one, translate, tables))


def _refused(problems: list, outcome: str, language: str = ENGLISH) -> int:
    _tell(problems, language)
    print(f"{len(problems)} {'error' if len(problems) == 1 else 'errors'}; {outcome}", file=sys.stderr)
    return 1


COMMANDS = {
    one.__name__: one
    for one in (
        validate,
        check,
        build_data,
        dictionary,
        changes.release,
        changes.diff,
        stats,
        export,
        session,
        compare,
        report,
        contribute_template,
        contribute_check,
        template_write,
        template_check,
        recognise,
        inbox.inbox_list,
        inbox.inbox_show,
        inbox.inbox_apply,
        publish,
        boundaries_build,
        boundaries_report,
        boundaries_import,
    )
}
