package careweave;

import ai.timefold.solver.core.api.domain.solution.ConstraintWeightOverrides;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads the problem that {@code question.py} wrote: 32-bit numbers, in tables.
 *
 * <p>A table begins with the number of its rows. Rows refer to each other by number, -1 is nobody.
 */
final class Reading {

    private static final List<String> PARTS = List.of("promise-lost", "promise-moved", "unpaired",
            "extra-therapist", "not-preferred", "away-from-home", "cadence", "other-time",
            "change-of-clinic");

    private final IntBuffer numbers;

    private Reading(IntBuffer numbers) {
        this.numbers = numbers;
    }

    static Schedule read(Path file) throws IOException {
        return new Reading(ByteBuffer.wrap(Files.readAllBytes(file)).asIntBuffer()).schedule();
    }

    private Schedule schedule() {
        ConstraintWeightOverrides<HardSoftLongScore> weights = weights();
        List<int[]> travel = table(this::row);
        List<int[]> capacities = table(this::row);
        int[][] range = table(this::row).toArray(int[][]::new);
        Place[][] places = places(travel, capacities, range[0][0], range[0][1]);
        List<Week> weeks = table(() -> new Week(next(), next(), next()));
        List<Hours> hours = table(() ->
                new Hours(next(), next(), weeks.get(next()), next(), next(), next()));
        List<Treatment> treatments = table(() -> new Treatment(next(), next(), next()));
        List<Rhythm> rhythms = table(() -> new Rhythm(next(), next(), next()));
        List<Plan> plans = new ArrayList<>();
        table(() -> plans.add(new Plan(plans.size(), next())));
        List<Slot> slots = new ArrayList<>();
        int first = range[0][0];
        table(() -> slots.add(slot(slots.size(), hours, places, first)));
        List<Visit> visits = new ArrayList<>();
        table(() -> visits.add(visit(visits.size(), plans, rhythms, treatments, slots)));
        return new Schedule(visits, weights);
    }

    private ConstraintWeightOverrides<HardSoftLongScore> weights() {
        Map<String, HardSoftLongScore> weights = new TreeMap<>();
        PARTS.forEach(part -> weights.put(part, HardSoftLongScore.ofSoft(next())));
        return ConstraintWeightOverrides.of(weights);
    }

    private static Place[][] places(List<int[]> travel, List<int[]> capacities, int first,
            int last) {
        Place[][] places = new Place[travel.size()][last - first];
        for (int location = 0; location < places.length; location++) {
            int[] counts = capacities.get(location);
            for (int day = first; day < last; day++) {
                Rooms[] rooms = new Rooms[counts.length];
                for (int kind = 0; kind < rooms.length; kind++) {
                    rooms[kind] = new Rooms(location, day, kind, counts[kind]);
                }
                places[location][day - first] =
                        new Place(location, day, rooms, travel.get(location));
            }
        }
        return places;
    }

    private Slot slot(int id, List<Hours> hours, Place[][] places, int firstDay) {
        Hours own = at(hours, next());
        int therapist = next();
        Place place = places[next()][next() - firstDay];
        return new Slot(id, own, therapist, place, next(), at(hours, next()), next());
    }

    private Visit visit(int id, List<Plan> plans, List<Rhythm> rhythms, List<Treatment> treatments,
            List<Slot> slots) {
        Visit.Facts facts = new Visit.Facts(id, at(plans, next()), next(), next() == 1, next() == 1,
                next() == 1, at(rhythms, next()), at(treatments, next()), at(treatments, next()),
                next(), next(), next(), next(), at(slots, next()));
        Slot start = at(slots, next());
        return new Visit(facts, table(() -> slots.get(next())), start, slots.get(0));
    }

    private <T> List<T> table(Supplier<T> row) {
        int count = next();
        List<T> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row.get());
        }
        return rows;
    }

    private int[] row() {
        return table(this::next).stream().mapToInt(Integer::intValue).toArray();
    }

    private static <T> T at(List<T> rows, int number) {
        return number < 0 ? null : rows.get(number);
    }

    private int next() {
        return numbers.get();
    }
}
