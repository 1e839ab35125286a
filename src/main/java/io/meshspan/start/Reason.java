package io.meshspan.start;

import io.meshspan.finding.Causes;
import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartFailed;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** The exit code of a start that failed. */
public final class Reason {

    private static final int UNKNOWN = 1;

    private Reason() {}

    public static int of(Throwable failure) {
        return Causes.of(failure)
                .flatMap(cause -> code(cause).stream())
                .findFirst()
                .map(ExitCode::number)
                .orElse(UNKNOWN);
    }

    private static Optional<ExitCode> code(Throwable cause) {
        if (cause instanceof StartFailed known) {
            return Optional.of(known.code());
        }
        if (cause instanceof PortInUseException) {
            return Optional.of(ExitCode.PORT);
        }
        if (cause instanceof BindException || cause instanceof ConfigurationPropertiesBindException) {
            return Optional.of(ExitCode.SETTINGS);
        }
        return cause instanceof SQLException ? Optional.of(ExitCode.DATABASE) : Optional.empty();
    }
}
