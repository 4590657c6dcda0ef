"""How things look: colours, marks, layers and text."""
