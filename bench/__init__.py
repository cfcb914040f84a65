"""How fast and how good: programs that measure, and the tables that they print."""
