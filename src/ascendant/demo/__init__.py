"""The invented world, written out in the platforms' own formats. Nobody in it exists."""
