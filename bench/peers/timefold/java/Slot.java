package careweave;

/**
 * A candidate: a therapist, a location and a start, and where it has one, the companion's.
 *
 * <p>Sessions share their slots, so that two of them can swap. Days count from the horizon's first
 * Monday, clocks are minutes of the day. {@code hours} is null on days outside the horizon, where
 * nothing can be in the way; {@code companion} is null where no companion follows.
 */
public record Slot(int id, Hours hours, int therapist, Place place, int clock, Hours companion,
        int companionClock) {

    boolean isInHorizon() {
        return hours != null;
    }

    int location() {
        return place.location();
    }

    int day() {
        return place.day();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
