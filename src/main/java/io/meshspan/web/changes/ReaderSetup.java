package io.meshspan.web.changes;

import java.util.List;
import org.springframework.context.annotation.Configuration;
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

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParameters()).addPathPatterns("/api/**", "/changes/data/**");
    }
}
