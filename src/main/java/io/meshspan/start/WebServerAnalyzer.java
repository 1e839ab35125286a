package io.meshspan.start;

import io.meshspan.finding.CauseChain;
import io.meshspan.finding.UserInfo;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;

/** Says in words why the web server does not start by itself, such as a keystore for HTTPS that is not there. */
final class WebServerAnalyzer extends AbstractFailureAnalyzer<ApplicationContextException> {

    /** Not what a bean of ours or the port is to blame for: that is told by others. */
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
                                                + UserInfo.removedFrom(String.valueOf(told.getMessage()))
                                                        .lines()
                                                        .findFirst()
                                                        .orElse(""))
                                        .distinct()
                                        .collect(Collectors.joining()),
                        "Correct them: the files that server.ssl.* names must be there and open with the passwords that stand"
                                + " beside them.",
                        cause)
                : null;
    }
}
