"""Charts of figures, agreements and meetings."""
