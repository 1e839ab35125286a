package io.meshspan.web.changes;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Answers once a change stands differently. No thread waits: one task looks at all the changes that somebody waits for, in
 * the database, so that it does not matter which node works on them.
 */
@Component
class ChangeWatch implements DisposableBean {

    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Further requests are answered at once, as without a wait. */
    private static final int MOST = 500;

    /** In which a wait that nobody answers ends by itself. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    private final Changes changes;
    private final ChangeQueries reads;
    private final ChangeStates states;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    ChangeWatch(Changes changes, ChangeQueries reads, ChangeStates states, PeriodicTasks periodic) {
        this.changes = changes;
        this.reads = reads;
        this.states = states;
        var unused = periodic.scheduler("change-watch", 1).scheduleWithFixedDelay(this::check, PAUSE);
    }

    /** @param known the version that the asker has; its answer comes once there is another one */
    private record Waiting(
            String change,
            Reader reader,
            String known,
            long until,
            DeferredResult<ResponseEntity<ChangeView>> answer) {}

    /**
     * @param wait null to answer at once
     * @param known the entity tag of the version that the asker has; null for the one of this moment
     */
    DeferredResult<ResponseEntity<ChangeView>> view(
            String id, Reader reader, @Nullable String wait, @Nullable String known) {
        Duration patience = wait == null ? Duration.ZERO : duration(wait);
        DeferredResult<ResponseEntity<ChangeView>> answer =
                new DeferredResult<>(patience.plus(SLACK).toMillis());
        ChangeWithState now = reads.withState(id, reader);
        boolean waits = !patience.isZero()
                && now.state().runs()
                && waiting.size() < MOST
                && (known == null || known.equals(version(now)));
        if (!waits) {
            answer.setResult(answer(id, reader));
            return answer;
        }
        Waiting mine = new Waiting(id, reader, version(now), System.nanoTime() + patience.toNanos(), answer);
        waiting.add(mine);
        answer.onTimeout(() -> end(mine));
        answer.onCompletion(() -> waiting.remove(mine));
        return answer;
    }

    private static Duration duration(String wait) {
        boolean fine = wait.matches("\\d{1,2}s") && seconds(wait) <= LONGEST.toSeconds();
        if (!fine) {
            RequestRefused.ifAny(List.of(Finding.blocking(
                    "query",
                    "wait",
                    "seconds, from 0s to %ds".formatted(LONGEST.toSeconds()),
                    InputRules.quoted(wait),
                    "To wait longer, ask again.")));
        }
        return Duration.ofSeconds(seconds(wait));
    }

    private static int seconds(String wait) {
        return Integer.parseInt(wait.substring(0, wait.length() - 1));
    }

    private void check() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, ChangeSummary> found =
                changes.find(waiting.stream().map(Waiting::change).collect(Collectors.toUnmodifiableSet())).stream()
                        .collect(Collectors.toMap(ChangeSummary::id, Function.identity()));
        Map<Reader, List<Waiting>> byReader = waiting.stream().collect(Collectors.groupingBy(Waiting::reader));
        byReader.forEach((reader, theirs) -> check(reader, theirs, found));
    }

    private void check(Reader reader, Collection<Waiting> theirs, Map<String, ChangeSummary> found) {
        Map<String, String> versions = new HashMap<>();
        List<ChangeSummary> summaries = theirs.stream()
                .map(Waiting::change)
                .distinct()
                .filter(found::containsKey)
                .map(found::get)
                .toList();
        states.of(summaries, reader)
                .forEach(change -> versions.put(change.change().id(), version(change)));
        theirs.stream()
                .filter(one ->
                        System.nanoTime() > one.until() || !one.known().equals(versions.getOrDefault(one.change(), "")))
                .forEach(this::end);
    }

    /** Spring itself makes a 304 of it where the asker has this version. */
    private void end(Waiting one) {
        waiting.remove(one);
        try {
            one.answer().setResult(answer(one.change(), one.reader()));
        } catch (RuntimeException failed) {
            one.answer().setErrorResult(failed);
        }
    }

    private ResponseEntity<ChangeView> answer(String id, Reader reader) {
        ChangeView view = reads.view(id, reader);
        return ResponseEntity.ok().eTag(version(view.change())).body(view);
    }

    private static String version(ChangeWithState change) {
        return "\"%d-%s\"".formatted(change.change().records(), change.state());
    }

    /** Nobody waits for a service that ends. */
    @Override
    public void destroy() {
        waiting.forEach(this::end);
    }
}
