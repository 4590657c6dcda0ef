"""Everything that a text finds, by kind."""

from ui import search_view, state

search_view.show(state.atlas(), state.translator())
