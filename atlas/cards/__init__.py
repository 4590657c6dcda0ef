"""Records as safe HTML."""
