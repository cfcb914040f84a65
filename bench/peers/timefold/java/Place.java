package careweave;

/**
 * A location on a day: its rooms by kind, and the minutes from there to each location, by number.
 */
public record Place(int location, int day, Rooms[] rooms, int[] minutes) {

    int minutesTo(Place other) {
        return minutes[other.location];
    }
}
