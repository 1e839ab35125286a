package io.meshspan.start;

import io.meshspan.finding.CauseChain;
import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyNameException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;

/** The exit code of a start that failed. */
public final class StartupExitCode {

    private static final int UNKNOWN = 1;

    /** Spring's message about settings that it cannot use. */
    private static final List<Class<? extends Throwable>> SETTINGS = List.of(
            BindException.class,
            ConfigurationPropertiesBindException.class,
            ConfigDataException.class,
            InvalidConfigurationPropertyNameException.class,
            InvalidConfigurationPropertyValueException.class,
            MutuallyExclusiveConfigurationPropertiesException.class,
            NoSuchSslBundleException.class);

    private StartupExitCode() {}

    public static int of(Throwable failure) {
        return CauseChain.of(failure)
                .flatMap(cause -> code(cause).stream())
                .findFirst()
                .map(ExitCode::number)
                .orElse(UNKNOWN);
    }

    private static Optional<ExitCode> code(Throwable cause) {
        if (cause instanceof StartupFailure known) {
            return Optional.of(known.code());
        }
        if (cause instanceof PortInUseException) {
            return Optional.of(ExitCode.PORT);
        }
        if (cause instanceof SQLException told) {
            return Optional.of(DatabaseAnalyzer.isOfTheUrl(told) ? ExitCode.SETTINGS : ExitCode.DATABASE);
        }
        boolean isSetting = SETTINGS.stream().anyMatch(type -> type.isInstance(cause))
                || (cause instanceof ApplicationContextException && WebServerAnalyzer.isOfTheWebServer(cause));
        return isSetting ? Optional.of(ExitCode.SETTINGS) : Optional.empty();
    }
}
