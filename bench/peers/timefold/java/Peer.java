package careweave;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverConfigOverride;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code java careweave.Peer PROBLEM SECONDS SEED}: solves it, and prints each better schedule.
 *
 * <p>A line holds the points and the number of each visit's slot, -1 where it is not booked. Seconds
 * count from the start of the virtual machine. Schedules that break a rule are not printed.
 */
public final class Peer {

    private static final long PAUSE_MILLIS = 250;

    private final AtomicReference<Schedule> news = new AtomicReference<>();
    private final PrintStream out;

    private Peer(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Schedule problem = Reading.read(Path.of(arguments[0]));
        SolverConfig config = SolverConfig.createFromXmlResource("solver.xml")
                .withRandomSeed(Long.parseLong(arguments[2]));
        SolverFactory<Schedule> factory = SolverFactory.create(config);
        SolutionManager<Schedule, HardSoftLongScore> counting = SolutionManager.create(factory);
        counting.update(problem);
        Peer peer = new Peer(System.out);
        peer.note(problem);
        Duration limit = left(arguments[1]);
        TerminationConfig end = new TerminationConfig().withSpentLimit(limit);
        Solver<Schedule> solver = factory.buildSolver(
                new SolverConfigOverride<Schedule>().withTerminationConfig(end));
        Schedule last = peer.solve(solver, problem, limit);
        counting.update(last);
        peer.note(last);
        peer.printNews();
    }

    /** What is left of so many seconds from the machine's start. */
    private static Duration left(String seconds) {
        long end = ManagementFactory.getRuntimeMXBean().getStartTime()
                + Math.round(1000 * Double.parseDouble(seconds));
        return Duration.ofMillis(Math.max(1, end - System.currentTimeMillis()));
    }

    /**
     * Solves in a thread of its own, so that printing takes no time of the search.
     *
     * <p>First fit that runs out of time gives the score of a move that it had only tried. So what
     * comes after the limit is not printed before it is counted again.
     */
    private Schedule solve(Solver<Schedule> solver, Schedule problem, Duration limit)
            throws InterruptedException {
        solver.addEventListener(event -> {
            if (event.getTimeMillisSpent() < limit.toMillis()) {
                note(event.getNewBestSolution());
            }
        });
        CompletableFuture<Schedule> search =
                CompletableFuture.supplyAsync(() -> solver.solve(problem));
        while (!search.isDone()) {
            waitFor(search);
            printNews();
        }
        return search.join();
    }

    private void note(Schedule schedule) {
        if (schedule.isFeasible()) {
            news.set(schedule);
        }
    }

    private static void waitFor(CompletableFuture<Schedule> search) throws InterruptedException {
        try {
            search.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stillBusyOrFailed) {
            // News is printed in both cases; join() reports a failure.
        }
    }

    private void printNews() {
        Schedule schedule = news.getAndSet(null);
        if (schedule == null) {
            return;
        }
        StringBuilder line = new StringBuilder().append(schedule.points());
        for (Visit visit : schedule.visits) {
            line.append(' ').append(visit.slot == null ? -1 : visit.slot.id());
        }
        out.println(line);
        out.flush();
    }
}
