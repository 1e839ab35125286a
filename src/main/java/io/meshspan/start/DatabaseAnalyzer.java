package io.meshspan.start;

import io.meshspan.finding.CauseChain;
import io.meshspan.finding.UrlCredentials;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains, without a stack trace, why the database cannot be used. Its URL may contain a password after the name. */
final class DatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final int OPEN_ELSEWHERE = 90020;
    private static final Set<Integer> H2_URL_ERRORS = Set.of(90011, 90046, 90066, 90113, 90138);

    private final Environment environment;

    DatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        String url = UrlCredentials.removedFrom(
                environment.getProperty("spring.datasource.url", "").split("[;?]", 2)[0]);
        return new FailureAnalysis(
                "The database %s cannot be used: %s%s"
                        .formatted(url, firstLine(innermost(cause)), url.startsWith("jdbc:h2:") ? disk(cause) : ""),
                action(innermost(cause), url),
                cause);
    }

    private static SQLException innermost(SQLException problem) {
        return CauseChain.of(problem)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce(problem, (outer, inner) -> inner);
    }

    private static String firstLine(SQLException problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** H2 names the file here; the causes have the operating system's message, such as a full disk. */
    private static String disk(SQLException problem) {
        return CauseChain.of(problem)
                .filter(IOException.class::isInstance)
                .reduce((outer, inner) -> inner)
                .map(told -> " (%s)".formatted(told.getMessage()))
                .orElse("");
    }

    /** Whether H2 says that the URL is wrong: an unknown option, a wrong form or a relative path. */
    static boolean isOfTheUrl(SQLException problem) {
        return CauseChain.of(problem)
                .anyMatch(cause -> cause instanceof SQLException told && H2_URL_ERRORS.contains(told.getErrorCode()));
    }

    private static String action(SQLException problem, String url) {
        if (isOfTheUrl(problem)) {
            return "Correct spring.datasource.url: jdbc:h2:file:PATH with a path that begins with / or ./, and options of H2.";
        }
        if (problem.getErrorCode() == OPEN_ELSEWHERE) {
            return "Another process has it open, perhaps Meshspan itself: stop that one. Several nodes need PostgreSQL.";
        }
        if (String.valueOf(problem.getSQLState()).startsWith("28")) {
            return "Correct spring.datasource.username and spring.datasource.password.";
        }
        return url.startsWith("jdbc:h2:file:")
                ? "Its folder must exist or be one that can be made, belong to the user that runs Meshspan, and have room;"
                        + " or set spring.datasource.url to another place."
                : "Start it, or correct spring.datasource.url; see that this machine can reach it.";
    }
}
