package careweave;

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
        SolutionManager.create(factory).update(problem);
        Peer peer = new Peer(System.out);
        peer.note(problem);
        TerminationConfig end = new TerminationConfig().withSpentLimit(left(arguments[1]));
        peer.solve(factory.buildSolver(
                new SolverConfigOverride<Schedule>().withTerminationConfig(end)), problem);
    }

    /** What is left of so many seconds from the machine's start. */
    private static Duration left(String seconds) {
        long end = ManagementFactory.getRuntimeMXBean().getStartTime()
                + Math.round(1000 * Double.parseDouble(seconds));
        return Duration.ofMillis(Math.max(1, end - System.currentTimeMillis()));
    }

    /** Solves in a thread of its own, so that printing takes no time of the search. */
    private void solve(Solver<Schedule> solver, Schedule problem) throws InterruptedException {
        solver.addEventListener(event -> note(event.getNewBestSolution()));
        CompletableFuture<Schedule> search =
                CompletableFuture.supplyAsync(() -> solver.solve(problem));
        while (!search.isDone()) {
            waitFor(search);
            Schedule better = news.getAndSet(null);
            if (better != null) {
                print(better);
            }
        }
        search.join();
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

    private void print(Schedule schedule) {
        StringBuilder line = new StringBuilder().append(schedule.points());
        for (Visit visit : schedule.visits) {
            line.append(' ').append(visit.slot == null ? -1 : visit.slot.id());
        }
        out.println(line);
        out.flush();
    }
}
