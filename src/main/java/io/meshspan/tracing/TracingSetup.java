package io.meshspan.tracing;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.tracing.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.actuate.autoconfigure.tracing.TracingProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Adds the traces of changes to Spring Boot's setup of OpenTelemetry. */
@Configuration(proxyBeanMethods = false)
class TracingSetup {

    private static final String ENABLED = "management.tracing.enabled";

    private final DerivedIds ids = new DerivedIds();

    @Bean
    SdkTracerProviderBuilderCustomizer derivedIds() {
        return provider -> provider.setIdGenerator(ids);
    }

    /** Excludes requests to pages and periodic tasks, which would be separate traces. */
    @Bean
    SpanExportingPredicate onlySpansOfChanges() {
        return span -> span.getTags().containsKey(ChangeTracer.CHANGE);
    }

    @Bean
    ChangeTracer changeTracer(
            ObjectProvider<OpenTelemetry> telemetry,
            ObjectProvider<TracingProperties> tracing,
            Environment environment) {
        OpenTelemetry used = telemetry.getIfAvailable();
        if (used == null || !environment.getProperty(ENABLED, Boolean.class, false)) {
            return ChangeTracer.off();
        }
        double share = tracing.stream()
                .mapToDouble(settings -> settings.getSampling().getProbability())
                .findFirst()
                .orElse(1);
        return new ChangeTracer(used.getTracer("io.meshspan"), ids, share);
    }
}
