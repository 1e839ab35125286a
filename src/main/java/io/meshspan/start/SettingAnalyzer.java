package io.meshspan.start;

import io.meshspan.finding.CauseChain;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Explains in our words the problems that Spring and the libraries find in a setting while they use it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (CauseChain.of(cause).anyMatch(BindValidationException.class::isInstance)) {
            return null;
        }
        var property = cause.getProperty();
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        WrongSetting wrong = new WrongSetting(
                cause.getName().toString(),
                GivenSettings.where(property),
                CauseChain.root(cause) instanceof IllegalArgumentException told && !type.isEnum()
                        ? GivenSettings.shown(cause.getName(), told.getMessage())
                        : ExpectedValue.of(type),
                property == null ? "nothing" : GivenSettings.shown(cause.getName(), property.getValue()));
        var all = WrongSetting.all(List.of(wrong));
        return new FailureAnalysis(all.getMessage(), all.action(), cause);
    }
}
