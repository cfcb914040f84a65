package careweave;

/**
 * How often a phase calls for a session: the fewest days between two that the rule allows, and the
 * fewest and most that are right.
 */
public record Rhythm(int leastDays, int rightFrom, int rightTo) {

    int daysMissed(int days) {
        return Math.max(0, Math.max(rightFrom - days, days - rightTo));
    }
}
