package io.meshspan.web.changes;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets methods ask for their reader, and none for a parameter that nobody knows. */
@Configuration(proxyBeanMethods = false)
class ReaderSetup implements WebMvcConfigurer {

    private final Readers readers;

    ReaderSetup(Readers readers) {
        this.readers = readers;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ReaderArgument(readers));
    }

    /** As the description of the interface says, and nothing that could be taken for a time. */
    @Override
    public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(String.class, Instant.class, ReaderSetup::time);
    }

    private static @Nullable Instant time(String text) {
        return text.isBlank() ? null : OffsetDateTime.parse(text).toInstant();
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParameters()).addPathPatterns("/api/**", "/changes/data/**");
    }
}
