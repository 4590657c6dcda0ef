"""What belongs on which page: every figure has exactly one page, every event and agreement at least one."""

from dataclasses import dataclass

import pandas as pd

from atlas.model.atlas import Atlas, cached
from atlas.model.selection import Selection

DATES = {"figures": "as_of", "events": "date_from", "agreements": "signed_on"}


@dataclass(frozen=True)
class Topic:
    """The programmes of figures, kinds of events and subjects of agreements that a page shows; None for all."""

    programmes: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    subjects: tuple[str, ...] | None = None

    def figures(self, atlas: Atlas) -> pd.DataFrame:
        """All figures of this topic, whatever is selected."""
        rows = atlas.table("figures")
        return rows if self.programmes is None else rows[rows["programme"].isin(self.programmes)]

    def records(self, atlas: Atlas, selection: Selection) -> dict[str, pd.DataFrame]:
        """The figures, events and agreements of this topic that pass the filters of place, year and text, newest first.

        Others get the same rows: nobody may change them.
        """
        return dict(_records(atlas, self, selection.chosen))


@cached(50)  # the same is asked for by all who see the same page of the same selection
def _records(atlas: Atlas, topic: Topic, selection: Selection) -> dict[str, pd.DataFrame]:
    wanted = {
        "figures": ("programme", topic.programmes),
        "events": ("kind", topic.kinds),
        "agreements": ("subject", topic.subjects),
    }
    answer = {}
    for table, (column, values) in wanted.items():
        rows = selection.records(atlas, table)
        dates = (rows if values is None else rows[rows[column].isin(values)])[DATES[table]]
        answer[table] = rows.loc[dates.sort_values(ascending=False, na_position="last", kind="stable").index]
    return answer


SCHOLARSHIPS = Topic(
    ("scholarship", "student_exchange", "language_training"), ("education_conference",), ("education",)
)
TRAINING = Topic(
    ("cadre_training", "vocational_training"), ("training_course", "cadre_training_meeting"), ("cadre_training",)
)
LABOUR = Topic(("labour",), ("labour_talks",), ("labour",))
MEETINGS = Topic(("cooperation", "health", "other"))
EVERYTHING = Topic()
