package careweave;

/** One therapist's ISO week, with the limit on hands-on minutes. */
public record Week(int therapist, int week, int mostMinutes) {

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
