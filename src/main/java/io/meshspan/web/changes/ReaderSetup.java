package io.meshspan.web.changes;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerInterceptor;
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
        interceptors
                .addInterceptor(new Unversioned())
                .addPathPatterns("/api/**")
                .excludePathPatterns("/api/v1/**");
    }

    /** The addresses without a version go on, and say which ones took their place (RFC 9745, RFC 8288). */
    private static final class Unversioned implements HandlerInterceptor {

        private static final String SINCE =
                "@" + Instant.parse("2026-11-29T00:00:00Z").getEpochSecond();

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            String successor = request.getRequestURI().replaceFirst("/api/", "/api/v1/");
            response.setHeader("Deprecation", SINCE);
            response.setHeader("Link", "<%s>; rel=\"successor-version\"".formatted(successor));
            return true;
        }
    }
}
