package careweave;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** One therapist's week: the hands-on minutes over the limit, those that stand excepted. */
final class WeekBook {

    private int minutes;
    private int stood;
    private int most;

    /** Collects the stays of a week. */
    static UniConstraintCollector<Stay, WeekBook, Integer> collector() {
        return new UniConstraintCollector<>() {
            @Override
            public Supplier<WeekBook> supplier() {
                return WeekBook::new;
            }

            @Override
            public BiFunction<WeekBook, Stay, Runnable> accumulator() {
                return (book, stay) -> {
                    book.add(stay, 1);
                    return () -> book.add(stay, -1);
                };
            }

            @Override
            public Function<WeekBook, Integer> finisher() {
                return book -> Math.max(0, book.minutes - Math.max(book.most, book.stood));
            }
        };
    }

    private void add(Stay stay, int times) {
        most = stay.hours().week().mostMinutes();
        minutes += times * stay.minutes();
        stood += stay.standing() ? times * stay.minutes() : 0;
    }
}
