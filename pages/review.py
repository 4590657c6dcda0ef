"""What was handed in, for the keepers: reviewed row by row, and entered into the records."""

from ui import review_view, state

review_view.show(state.atlas(), state.translator())
