package careweave;

import ai.timefold.solver.core.impl.domain.valuerange.AbstractCountableValueRange;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The slots that one session may have, in order of their points.
 *
 * <p>Whether a slot is among them is asked for each swap; a plain list would look through all.
 */
public final class Candidates extends AbstractCountableValueRange<Slot> {

    private final List<Slot> slots;
    private final BitSet ids = new BitSet();

    Candidates(List<Slot> slots) {
        this.slots = slots;
        slots.forEach(slot -> ids.set(slot.id()));
    }

    @Override
    public long getSize() {
        return slots.size();
    }

    @Override
    public Slot get(long index) {
        return slots.get((int) index);
    }

    @Override
    public boolean contains(Slot slot) {
        return slot != null && ids.get(slot.id());
    }

    @Override
    public Iterator<Slot> createOriginalIterator() {
        return slots.iterator();
    }

    @Override
    public Iterator<Slot> createRandomIterator(Random random) {
        if (slots.isEmpty()) {
            return slots.iterator();
        }
        return Stream.generate(() -> slots.get(random.nextInt(slots.size()))).iterator();
    }
}
