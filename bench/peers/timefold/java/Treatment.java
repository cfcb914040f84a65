package careweave;

/** What is done: hands-on minutes, the changeover after them, and the kind of room. */
public record Treatment(int minutes, int changeover, int kind) {}
