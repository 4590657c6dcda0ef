"""What schemathesis must know beyond the description: how days are written, and that south is not north of north."""

import schemathesis
from hypothesis import strategies as st

days = st.dates().map(lambda day: day.isoformat())
schemathesis.openapi.format(
    "date-time-interval",
    days | days.map("../{}".format) | days.map("{}/..".format) | st.tuples(days, days).map(sorted).map("/".join),
)


@schemathesis.hook
def filter_query(context, query):
    """Leave out boxes that no description of an array of numbers can exclude."""
    box = str((query or {}).get("bbox")).split(",")
    try:
        return float(box[1]) <= float(box[len(box) // 2 + 1])
    except (ValueError, IndexError):
        return True
