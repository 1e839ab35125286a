package io.meshspan.start;

import io.meshspan.finding.CauseChain;
import io.meshspan.finding.UrlCredentials;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;

/** Explains why the web server does not start, for example if the keystore for HTTPS is missing. */
final class WebServerAnalyzer extends AbstractFailureAnalyzer<ApplicationContextException> {

    /** Excludes failures of our beans and of the port: other analyzers explain these. */
    static boolean isOfTheWebServer(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("Unable to start web server")
                && CauseChain.of(failure)
                        .noneMatch(
                                cause -> cause instanceof BeanCreationException || cause instanceof PortInUseException);
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ApplicationContextException cause) {
        return isOfTheWebServer(cause)
                ? new FailureAnalysis(
                        "The web server cannot start with the settings server.*:"
                                + CauseChain.of(cause)
                                        .skip(1)
                                        .map(told -> "\n    "
                                                + UrlCredentials.removedFrom(String.valueOf(told.getMessage()))
                                                        .lines()
                                                        .findFirst()
                                                        .orElse(""))
                                        .distinct()
                                        .collect(Collectors.joining()),
                        "Correct them: the files that server.ssl.* names must exist and open with the passwords in the "
                                + "settings.",
                        cause)
                : null;
    }
}
