"""Take records as a workbook, have a filled one checked, hand it in, and confirm what is still true."""

from ui import contribute_view, state

contribute_view.show(state.atlas(), state.selection(), state.translator())
