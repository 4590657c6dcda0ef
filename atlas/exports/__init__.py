"""Exports: a selection in, the bytes of a file out. The same selection of the same data gives the same bytes."""
