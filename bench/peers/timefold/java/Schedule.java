package careweave;

import ai.timefold.solver.core.api.domain.solution.ConstraintWeightOverrides;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.List;

/**
 * Every visit, booked or not, with its score: broken rules, then points.
 *
 * <p>Fields are public, so that the solver reads them without reflection.
 */
@PlanningSolution
public class Schedule {

    @PlanningEntityCollectionProperty
    public List<Visit> visits;

    public ConstraintWeightOverrides<HardSoftLongScore> weights;

    @PlanningScore
    public HardSoftLongScore score;

    /** For the solver, which clones schedules. */
    public Schedule() {}

    Schedule(List<Visit> visits, ConstraintWeightOverrides<HardSoftLongScore> weights) {
        this.visits = visits;
        this.weights = weights;
    }

    boolean isFeasible() {
        return score != null && score.isFeasible();
    }

    long points() {
        return -score.softScore();
    }
}
