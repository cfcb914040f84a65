package careweave;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The booked sessions of one plan, in order of number: what is wrong, and what it costs. */
final class PlanBook {

    /** How often each rule is broken, and how many units of each part the plan has. */
    record Report(int tooClose, int tooMany, int daysMissed, int otherTimes, int extraTherapists) {}

    private static final int SAME_TIME = 60;

    private final List<Visit> visits = new ArrayList<>();

    /** Collects the booked visits of a plan. */
    static UniConstraintCollector<Visit, PlanBook, Report> collector() {
        return new UniConstraintCollector<>() {
            @Override
            public Supplier<PlanBook> supplier() {
                return PlanBook::new;
            }

            @Override
            public BiFunction<PlanBook, Visit, Runnable> accumulator() {
                return PlanBook::add;
            }

            @Override
            public Function<PlanBook, Report> finisher() {
                return PlanBook::report;
            }
        };
    }

    private Runnable add(Visit visit) {
        int at = visits.size();
        while (at > 0 && visits.get(at - 1).facts.number() > visit.facts.number()) {
            at--;
        }
        visits.add(at, visit);
        return () -> visits.remove(visit);
    }

    private Report report() {
        int tooClose = 0;
        int daysMissed = 0;
        int otherTimes = 0;
        for (int i = 1; i < visits.size(); i++) {
            Visit earlier = visits.get(i - 1);
            Visit later = visits.get(i);
            int days = later.slot.day() - earlier.slot.day();
            tooClose += areTooClose(earlier.facts, later.facts, days) ? 1 : 0;
            if (later.facts.counts() && earlier.facts.number() == later.facts.number() - 1) {
                daysMissed += later.facts.rhythm().daysMissed(days);
                int apart = Math.abs(later.slot.clock() - earlier.slot.clock());
                otherTimes += apart > SAME_TIME ? 1 : 0;
            }
        }
        return new Report(tooClose, tooMany(), daysMissed, otherTimes, extraTherapists());
    }

    private static boolean areTooClose(Visit.Facts earlier, Visit.Facts later, int days) {
        int least = Math.min(earlier.rhythm().leastDays(), later.rhythm().leastDays());
        return days < least && !(earlier.standing() && later.standing());
    }

    private int tooMany() {
        int booked = 0;
        for (Visit visit : visits) {
            booked += visit.facts.standing() ? 0 : 1;
        }
        return Math.max(0, booked - visits.get(0).facts.plan().visitsLeft());
    }

    /** Counted where a session in scope is booked on a day of the horizon. */
    private int extraTherapists() {
        boolean counted = false;
        int different = 0;
        for (int i = 0; i < visits.size(); i++) {
            Visit visit = visits.get(i);
            counted |= visit.facts.counts() && visit.slot.isInHorizon();
            different += isFirstOfTherapist(i) ? 1 : 0;
        }
        return counted ? different - 1 : 0;
    }

    private boolean isFirstOfTherapist(int index) {
        int therapist = visits.get(index).slot.therapist();
        for (int i = 0; i < index; i++) {
            if (visits.get(i).slot.therapist() == therapist) {
                return false;
            }
        }
        return true;
    }
}
