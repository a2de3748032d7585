"""The archives of one invented person, as each platform writes them, and beside them what is true."""
