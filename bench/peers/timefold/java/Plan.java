package careweave;

/** A care plan, with how many more sessions may be booked. */
public record Plan(int id, int visitsLeft) {

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
