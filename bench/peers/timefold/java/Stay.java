package careweave;

/**
 * What one appointment takes: its therapist's time and a room until {@code free}, its client's time
 * until {@code end}. Minutes of the day. {@code standing} is not ours to move.
 */
record Stay(Visit visit, Hours hours, Rooms rooms, Place place, int start, int end, int free,
        boolean standing, boolean companion) {

    int location() {
        return place.location();
    }

    int minutes() {
        return end - start;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
