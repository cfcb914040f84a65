package careweave;

/**
 * One therapist's day: the limit on hands-on minutes, and between which minutes the meal has to be
 * (both -1 on a day too short for the rule).
 */
public record Hours(int therapist, int day, Week week, int mostMinutes, int mealOpens, int mealCloses) {

    boolean asksForMeal() {
        return mealOpens >= 0;
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
