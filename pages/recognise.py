"""A pasted list of names, of any day and in any spelling: which places they mean, and what became of them."""

from ui import recognise_view, state

recognise_view.show(state.atlas(), state.selection(), state.translator())
