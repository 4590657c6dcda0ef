"""Maps: geometry, what the browser draws, and drawings for papers."""
