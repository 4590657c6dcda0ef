"""What changed between two versions of the records: new, changed, renamed and withdrawn ones."""

from ui import changes_view, state

changes_view.show(state.atlas(), state.translator())
