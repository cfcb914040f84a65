package careweave;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The contract's rules and points, by their names, as constraint streams.
 *
 * <p>Rules that look at one slot alone are not here: no session has a candidate that breaks one. A
 * point is one unit of a part; its weight comes with the schedule.
 */
public class Rules implements ConstraintProvider {

    private static final HardSoftLongScore BROKEN = HardSoftLongScore.ONE_HARD;
    private static final HardSoftLongScore POINT = HardSoftLongScore.ONE_SOFT;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        UniConstraintStream<Stay> stays = factory.forEach(Visit.class).flattenLast(Visit::stays);
        BiConstraintStream<Hours, DayBook.Report> days =
                stays.groupBy(Stay::hours, DayBook.collector());
        BiConstraintStream<Plan, PlanBook.Report> plans = factory.forEach(Visit.class)
                .filter(Visit::ofPlan)
                .groupBy(visit -> visit.facts.plan(), PlanBook.collector());
        return new Constraint[] {
            each(days, DayBook.Report::overlaps, BROKEN, "therapist-overlap"),
            each(days, DayBook.Report::journeys, BROKEN, "travel"),
            each(days, DayBook.Report::minutesOver, BROKEN, "max-day"),
            each(days, DayBook.Report::mealsMissed, BROKEN, "meal-break"),
            maxWeek(stays),
            roomOverlap(stays),
            clientOverlap(stays),
            each(plans, PlanBook.Report::tooClose, BROKEN, "spacing"),
            each(plans, PlanBook.Report::tooMany, BROKEN, "authorisation"),
            unbooked(factory, visit -> visit.facts.must(), visit -> 1, BROKEN, "pinned"),
            unbooked(factory, visit -> true, visit -> visit.facts.unbooked(), POINT, "unbooked"),
            unbooked(factory, visit -> visit.facts.promise() != null, visit -> 1, POINT,
                    "promise-lost"),
            booked(factory, Visit::isMoved, "promise-moved"),
            booked(factory, Visit::isAlone, "unpaired"),
            each(plans, PlanBook.Report::extraTherapists, POINT, "extra-therapist"),
            booked(factory, Visit::isNotPreferred, "not-preferred"),
            booked(factory, Visit::isAwayFromHome, "away-from-home"),
            each(plans, PlanBook.Report::daysMissed, POINT, "cadence"),
            each(plans, PlanBook.Report::otherTimes, POINT, "other-time"),
            each(days, DayBook.Report::changes, POINT, "change-of-clinic"),
        };
    }

    /** What a report counts of each day or plan. */
    private static <K, R> Constraint each(BiConstraintStream<K, R> reports, ToIntFunction<R> count,
            HardSoftLongScore weight, String name) {
        return reports.filter((key, report) -> count.applyAsInt(report) > 0)
                .penalize(weight, (key, report) -> count.applyAsInt(report)).asConstraint(name);
    }

    private static Constraint maxWeek(UniConstraintStream<Stay> stays) {
        return stays.groupBy(stay -> stay.hours().week(), WeekBook.collector())
                .filter((week, over) -> over > 0)
                .penalize(BROKEN, (week, over) -> over).asConstraint("max-week");
    }

    private static Constraint roomOverlap(UniConstraintStream<Stay> stays) {
        return stays.groupBy(Stay::rooms, RoomBook.collector())
                .filter((rooms, over) -> over > 0)
                .penalize(BROKEN, (rooms, over) -> over).asConstraint("room-overlap");
    }

    /** Only of clients with several plans or standing visits: else {@code spacing} says it all. */
    private static Constraint clientOverlap(UniConstraintStream<Stay> stays) {
        UniConstraintStream<Stay> shared = stays.filter(stay -> stay.visit().facts.client() >= 0);
        return shared.join(shared,
                        Joiners.equal(stay -> stay.visit().facts.client()),
                        Joiners.equal(stay -> stay.hours().day()),
                        Joiners.overlapping(Stay::start, Stay::end))
                .filter((one, other) -> one.visit().facts.id() < other.visit().facts.id()
                        && !(one.standing() && other.standing()))
                .penalize(BROKEN).asConstraint("client-overlap");
    }

    private static Constraint unbooked(ConstraintFactory factory, Predicate<Visit> which,
            ToIntFunction<Visit> count, HardSoftLongScore weight, String name) {
        return factory.forEachIncludingUnassigned(Visit.class)
                .filter(visit -> visit.slot == null && which.test(visit))
                .penalize(weight, count::applyAsInt).asConstraint(name);
    }

    private static Constraint booked(ConstraintFactory factory, Predicate<Visit> which,
            String name) {
        return factory.forEach(Visit.class).filter(which::test).penalize(POINT).asConstraint(name);
    }
}
