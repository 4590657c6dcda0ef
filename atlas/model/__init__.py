"""The data model: all of one version, and the questions asked of it."""
