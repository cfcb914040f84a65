package careweave;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One therapist's day, in order of time: what is wrong with it, and what it costs.
 *
 * <p>All rules of a day look at the same few stays, so they are collected once for all of them.
 */
final class DayBook {

    /** How often each rule is broken on the day, and how often the therapist changes the clinic. */
    record Report(int overlaps, int journeys, int minutesOver, int mealsMissed, int changes) {}

    private static final int MEAL = 30;
    private static final int MIDNIGHT = 24 * 60;
    private static final Comparator<Stay> BY_TIME =
            Comparator.comparingInt(Stay::start).thenComparingInt(Stay::location);

    private final List<Stay> stays = new ArrayList<>();

    /** Collects the stays of a day. */
    static UniConstraintCollector<Stay, DayBook, Report> collector() {
        return new UniConstraintCollector<>() {
            @Override
            public Supplier<DayBook> supplier() {
                return DayBook::new;
            }

            @Override
            public BiFunction<DayBook, Stay, Runnable> accumulator() {
                return DayBook::add;
            }

            @Override
            public Function<DayBook, Report> finisher() {
                return DayBook::report;
            }
        };
    }

    private Runnable add(Stay stay) {
        int at = stays.size();
        while (at > 0 && BY_TIME.compare(stays.get(at - 1), stay) > 0) {
            at--;
        }
        stays.add(at, stay);
        return () -> stays.remove(stay);
    }

    private Report report() {
        int overlaps = 0;
        int journeys = 0;
        int minutes = 0;
        int stood = 0;
        boolean ours = false;
        for (int i = 0; i < stays.size(); i++) {
            Stay later = stays.get(i);
            minutes += later.minutes();
            stood += later.standing() ? later.minutes() : 0;
            ours |= !later.standing();
            for (int j = 0; j < i; j++) {
                Stay earlier = stays.get(j);
                if (!(earlier.standing() && later.standing()) && areTooClose(earlier, later)) {
                    overlaps += earlier.location() == later.location() ? 1 : 0;
                    journeys += earlier.location() == later.location() ? 0 : 1;
                }
            }
        }
        Hours hours = stays.get(0).hours();
        int over = Math.max(0, minutes - Math.max(hours.mostMinutes(), stood));
        int missed = ours && hours.asksForMeal() && !hasMeal(hours) ? 1 : 0;
        return new Report(overlaps, journeys, over, missed, changes());
    }

    private boolean areTooClose(Stay earlier, Stay later) {
        return later.start() - earlier.free() < earlier.place().minutesTo(later.place());
    }

    /** The therapist may travel at once or at the last minute, so a journey's gap counts twice. */
    private boolean hasMeal(Hours hours) {
        Stay last = stays.get(0);
        if (fits(hours, 0, last.start())) {
            return true;
        }
        for (Stay each : stays.subList(1, stays.size())) {
            int minutes = last.place().minutesTo(each.place());
            if (fits(hours, last.free() + minutes, each.start())
                    || fits(hours, last.free(), each.start() - minutes)) {
                return true;
            }
            last = each.free() > last.free() ? each : last;
        }
        return fits(hours, last.free(), MIDNIGHT);
    }

    private static boolean fits(Hours hours, int from, int until) {
        return Math.min(until, hours.mealCloses()) - Math.max(from, hours.mealOpens()) >= MEAL;
    }

    /** Companions carry only {@code unpaired}, so they are no change of the clinic. */
    private int changes() {
        int changes = 0;
        int here = -1;
        for (Stay stay : stays) {
            if (!stay.companion()) {
                changes += here >= 0 && here != stay.location() ? 1 : 0;
                here = stay.location();
            }
        }
        return changes;
    }
}
