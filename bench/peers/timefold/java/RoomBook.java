package careweave;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The rooms of one kind at a location on a day, minute by minute: by how much they are too few. */
final class RoomBook {

    private static final int MINUTES_A_DAY = 24 * 60;

    private final short[] taken = new short[MINUTES_A_DAY];
    private final short[] stood = new short[MINUTES_A_DAY];
    private int over;

    /** Collects the stays in these rooms; what stands is never too much by itself. */
    static UniConstraintCollector<Stay, RoomBook, Integer> collector() {
        return new UniConstraintCollector<>() {
            @Override
            public Supplier<RoomBook> supplier() {
                return RoomBook::new;
            }

            @Override
            public BiFunction<RoomBook, Stay, Runnable> accumulator() {
                return (book, stay) -> {
                    book.take(stay, 1);
                    return () -> book.take(stay, -1);
                };
            }

            @Override
            public Function<RoomBook, Integer> finisher() {
                return book -> book.over;
            }
        };
    }

    private void take(Stay stay, int amount) {
        int rooms = stay.rooms().count();
        int last = Math.min(stay.free(), MINUTES_A_DAY);
        for (int minute = stay.start(); minute < last; minute++) {
            over -= over(minute, rooms);
            taken[minute] += (short) amount;
            stood[minute] += (short) (stay.standing() ? amount : 0);
            over += over(minute, rooms);
        }
    }

    private int over(int minute, int rooms) {
        return Math.max(0, taken[minute] - Math.max(rooms, stood[minute]));
    }
}
