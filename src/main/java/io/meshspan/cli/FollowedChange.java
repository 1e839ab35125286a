package io.meshspan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows a change, and prints each new state to the error stream. */
final class FollowedChange {

    private static final Pattern LIMIT = Pattern.compile("(\\d{1,5})([smh])");
    private static final Set<String> STUCK = Set.of("WAITING_FOR_DECISION", "STUCK_WITH_INCIDENT", "SUSPENDED");
    private static final Set<String> WELL = Set.of("PLANNED", "VERIFIED", "REMOVED");

    /** A service that is replaced, or a proxy before it, is silent for a while. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private final Session session;
    private final ServiceClient service;
    private final String id;
    private final Duration pause;

    FollowedChange(Session session, ServiceClient service, String id) {
        this(session, service, id, Duration.ofSeconds(3));
    }

    /** @param pause before the next attempt, while the service does not answer */
    FollowedChange(Session session, ServiceClient service, String id, Duration pause) {
        this.session = session;
        this.pause = pause;
        this.service = service;
        this.id = id;
    }

    /** The current state of the change. */
    JsonNode now() {
        return service.get(path());
    }

    /**
     * Waits until the change has ended. Once the service has answered, it may be silent for some minutes.
     *
     * @param limit for example 30m
     * @throws CommandFailed if the time is over, or the change waits for a person's decision
     */
    JsonNode end(String limit) {
        long until = System.nanoTime() + duration(limit).toNanos();
        String version = "";
        String told = "";
        while (true) {
            Optional<HttpResponse<String>> answer = changed(version, until);
            if (answer.isPresent()) {
                version = answer.get().headers().firstValue("ETag").orElse("");
                JsonNode view = ServiceClient.json(answer.get().body());
                JsonNode change = view.path("change");
                String words = inWords(change);
                if (!words.equals(told)) {
                    session.told(words);
                    told = words;
                }
                if (!change.path("ended").isNull()) {
                    return view;
                }
                if (STUCK.contains(change.path("state").asText())) {
                    throw new CommandFailed(
                            CommandOutcome.NEEDS_DECISION,
                            "Change %s continues after a person has decided.".formatted(id));
                }
            }
            if (System.nanoTime() > until) {
                throw new CommandFailed(
                        CommandOutcome.STILL_RUNNING, "Change %s still runs after %s.".formatted(id, limit));
            }
        }
    }

    private Optional<HttpResponse<String>> changed(String version, long until) {
        long silentUntil = Math.min(until, System.nanoTime() + LONGEST_SILENCE.toNanos());
        while (true) {
            try {
                return service.changed(path(), version, Duration.ofNanos(until - System.nanoTime()));
            } catch (CommandFailed e) {
                boolean passes = e.outcome() == CommandOutcome.UNREACHABLE && !version.isEmpty();
                if (!passes || System.nanoTime() > silentUntil) {
                    throw e;
                }
                rest();
            }
        }
    }

    private void rest() {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                .join();
    }

    static CommandOutcome outcome(JsonNode view) {
        return WELL.contains(view.at("/change/state").asText()) ? CommandOutcome.DONE : CommandOutcome.ENDED_OTHERWISE;
    }

    private static String inWords(JsonNode change) {
        String detail = change.path("stateDetail").asText("");
        String words = change.path("stateText").asText();
        return detail.isEmpty() || detail.equals("null") ? words : words + ": " + detail;
    }

    private String path() {
        return "/changes/" + ServiceClient.segment(id);
    }

    /** @throws CommandFailed if it is no time; to be asked before anything is requested */
    static void requireTime(String limit) {
        var unused = duration(limit);
    }

    private static Duration duration(String limit) {
        Matcher matcher = LIMIT.matcher(limit);
        if (!matcher.matches()) {
            throw new CommandFailed(
                    CommandOutcome.MISUSED,
                    "--timeout: expected a time such as 90s, 30m or 2h, found '%s'.".formatted(limit));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
