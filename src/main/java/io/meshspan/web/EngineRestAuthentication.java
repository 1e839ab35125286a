package io.meshspan.web;

import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.engine.rest.security.auth.impl.HttpBasicAuthenticationProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Camunda's REST interface is open by default; here it and Meshspan's own ask for the user and password of the web applications. */
@Configuration(proxyBeanMethods = false)
class EngineRestAuthentication {

    @Bean
    FilterRegistrationBean<ProcessEngineAuthenticationFilter> engineRestFilter() {
        return passwordFor("/engine-rest");
    }

    @Bean
    FilterRegistrationBean<ProcessEngineAuthenticationFilter> apiFilter() {
        return passwordFor("/api");
    }

    private static FilterRegistrationBean<ProcessEngineAuthenticationFilter> passwordFor(String path) {
        var filter = new FilterRegistrationBean<ProcessEngineAuthenticationFilter>(new NoExceptions());
        filter.setName("password" + path.replace('/', '-'));
        filter.addInitParameter(
                ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM,
                HttpBasicAuthenticationProvider.class.getName());
        // The servlet path is empty for some of Jersey's mappings, so it is given.
        filter.addInitParameter(ProcessEngineAuthenticationFilter.SERVLET_PATH_PREFIX, path);
        filter.addUrlPatterns(path + "/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }

    /** Camunda's filter lets everybody read the engines' names. */
    private static final class NoExceptions extends ProcessEngineAuthenticationFilter {

        @Override
        protected boolean requiresEngineAuthentication(String requestUrl) {
            return true;
        }

        @Override
        protected String extractEngineName(String requestUrl) {
            String engine = super.extractEngineName(requestUrl);
            return engine.isEmpty() ? DEFAULT_ENGINE_NAME : engine;
        }
    }
}
