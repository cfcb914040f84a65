package careweave;

/** The rooms of one kind at a location on a day: they are alike, so only their number matters. */
public record Rooms(int location, int day, int kind, int count) {

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
