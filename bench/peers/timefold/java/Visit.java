package careweave;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.entity.PlanningPin;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.CountableValueRange;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.Comparator;
import java.util.List;

/**
 * A session, which is booked by giving it a slot, or an appointment that stands.
 *
 * <p>The planning entity. What stands is pinned; a standing companion belongs to no plan. Fields are
 * public, so that the solver reads them without reflection.
 */
@PlanningEntity(difficultyComparatorClass = Visit.ByDifficulty.class)
public class Visit {

    public Facts facts;
    public Candidates candidates;
    public boolean pinned;

    @PlanningVariable(allowsUnassigned = true)
    public Slot slot;

    /** For the solver, which clones visits. */
    public Visit() {}

    /** Without candidates the visit is pinned, and {@code any} fills the range that must not be empty. */
    Visit(Facts facts, List<Slot> candidates, Slot slot, Slot any) {
        this.facts = facts;
        this.pinned = candidates.isEmpty();
        this.candidates = new Candidates(pinned ? List.of(any) : candidates);
        this.slot = slot;
    }

    /**
     * What doesn't change about a visit.
     *
     * <p>{@code counts} where its points are counted, {@code must} where it is a promise that keeps
     * its place, {@code unbooked} the points of leaving it out, {@code client} -1 where nothing else
     * can be in the client's way, {@code preferred} -1 where anybody will do, {@code promise} null
     * where there is none, {@code companion} null where the plan asks for none.
     */
    public record Facts(int id, Plan plan, int number, boolean standing, boolean counts, boolean must,
            Rhythm rhythm, Treatment treatment, Treatment companion, int client, int preferred,
            int home, int unbooked, Slot promise) {}

    @PlanningId
    public int getId() {
        return facts.id;
    }

    @PlanningPin
    public boolean isPinned() {
        return pinned;
    }

    @ValueRangeProvider
    public CountableValueRange<Slot> getCandidates() {
        return candidates;
    }

    boolean ofPlan() {
        return facts.plan != null;
    }

    boolean isAlone() {
        return facts.counts && facts.companion != null && slot.companion() == null;
    }

    boolean isNotPreferred() {
        return facts.counts && facts.preferred >= 0 && slot.therapist() != facts.preferred;
    }

    boolean isAwayFromHome() {
        return facts.counts && slot.location() != facts.home;
    }

    /** Whether start, therapist or location differ from what was promised; the room may. */
    boolean isMoved() {
        Slot promise = facts.promise;
        return promise != null && (slot.therapist() != promise.therapist()
                || slot.location() != promise.location() || slot.day() != promise.day()
                || slot.clock() != promise.clock());
    }

    /** The appointments that it means inside the horizon: its own, and its companion's. */
    List<Stay> stays() {
        if (!slot.isInHorizon()) {
            return List.of();
        }
        Stay own = stay(facts.treatment, slot.hours(), slot.clock(), !ofPlan());
        return slot.companion() == null ? List.of(own) : List.of(own,
                stay(facts.companion, slot.companion(), slot.companionClock(), true));
    }

    private Stay stay(Treatment treatment, Hours hours, int start, boolean companion) {
        int end = start + treatment.minutes();
        return new Stay(this, hours, slot.place().rooms()[treatment.kind()], slot.place(), start,
                end, end + treatment.changeover(), facts.standing, companion);
    }

    /** Promises that keep their place, then urgent sessions, then those with few candidates. */
    public static class ByDifficulty implements Comparator<Visit> {

        private static final Comparator<Visit> ORDER = Comparator
                .comparing((Visit visit) -> visit.facts.must)
                .thenComparing(visit -> visit.facts.unbooked)
                .thenComparing(visit -> -visit.candidates.getSize())
                .thenComparing(visit -> -visit.facts.id);

        @Override
        public int compare(Visit one, Visit other) {
            return ORDER.compare(one, other);
        }
    }
}
