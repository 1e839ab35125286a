package io.meshspan.web;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.security.web.util.matcher.RequestMatchers.anyOf;
import static org.springframework.security.web.util.matcher.RequestMatchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.web.oidc.BearerTokens;
import io.meshspan.web.oidc.OidcLogin;
import io.meshspan.web.oidc.OidcSessions;
import io.meshspan.web.oidc.SignInPage;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer.SessionFixationConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may come in, and how: pipelines by user and password or a bearer token with each request and without a session,
 * people by a session that begins on the sign-in page or at their identity provider (docs/adr/13-spring-security.md, 20).
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class WebSecurity {

    private static final String TASKLIST = EngineUser.authorityOf("tasklist");
    private static final String COCKPIT = EngineUser.authorityOf("cockpit");
    private static final String ADMIN = EngineUser.authorityOf("admin");

    private static final String CONTENT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    /** Endpoints that would reveal whether a password is right; and the fetching of external tasks, which no diagram has. */
    private static final RequestMatcher CLOSED = anyOf(
            path("/engine-rest/identity/verify"),
            path("/engine-rest/engine/{engine}/identity/verify"),
            path("/camunda/api/engine/engine/{engine}/identity/verify"),
            path("/camunda/api/admin/auth/user/{engine}/login/{app}"),
            path("/engine-rest/external-task/fetchAndLock"),
            path("/engine-rest/engine/{engine}/external-task/fetchAndLock"),
            path("/camunda/api/engine/engine/{engine}/external-task/fetchAndLock"));

    private static final RequestMatcher SIGN_OUT = anyOf(
            pattern().matcher(POST, "/sign-out"),
            pattern().matcher(POST, "/camunda/api/admin/auth/user/{engine}/logout"));

    /** Public, the same for all users. */
    private static final RequestMatcher FILES = anyOf(
            path("/changes/{file:.+\\.(?:html|css|js)}"),
            path("/webjars/**"),
            path("/favicon.ico"),
            path("/camunda/favicon.ico"),
            path("/camunda/app/**"),
            path("/camunda/assets/**"),
            path("/camunda/lib/**"));

    private final EngineUsers users;
    private final SecurityProblems problems;
    private final OidcLogin signOn;
    private final OidcSessions signOns;
    private final BearerTokens bearerTokens;

    WebSecurity(
            EngineUsers users,
            SecurityProblems problems,
            OidcLogin signOn,
            OidcSessions signOns,
            BearerTokens bearerTokens) {
        this.users = users;
        this.problems = problems;
        this.signOn = signOn;
        this.signOns = signOns;
        this.bearerTokens = bearerTokens;
    }

    /** Addresses and methods that must not reach any filter. */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, rejected) -> ProblemAnswer.write(response, ProblemAnswer.of(HttpStatus.BAD_REQUEST));
    }

    @Bean
    @Order(1)
    SecurityFilterChain pipelines(HttpSecurity http, ProcessEngine engine, Environment settings) throws Exception {
        boolean managedApart = ManagementPortType.get(settings) == ManagementPortType.DIFFERENT;
        return http.securityMatcher(anyOf(path("/api/**"), path("/engine-rest/**"), path("/actuator/**")))
                .authenticationProvider(users)
                .httpBasic(basic -> basic.authenticationEntryPoint(problems.askingForPassword()))
                .oauth2ResourceServer(tokens -> tokens.authenticationManagerResolver(
                                bearerTokens.resolver(person -> users.of(person).authentication()))
                        .authenticationEntryPoint(problems.askingForPassword())
                        .accessDeniedHandler(problems))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(problems.askingForPassword())
                        .accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> rightsOfPipelines(requests, managedApart))
                .addFilterAfter(EngineLogin.ofCommands(engine, path("/**")), AuthorizationFilter.class)
                .headers(WebSecurity::headers)
                .build();
    }

    private static void rightsOfPipelines(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            boolean managedApart) {
        if (managedApart) {
            // Metrics hold no secret, and the service's own port does not have them.
            requests.requestMatchers(path("/actuator/prometheus")).permitAll();
        }
        requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(path("/actuator/health/**"))
                .permitAll()
                .requestMatchers(anyOf(CLOSED, WebSecurity::writesForAnotherSite))
                .denyAll()
                .requestMatchers(path("/actuator/**"))
                .hasAuthority(ADMIN)
                .requestMatchers(path("/api/**"))
                .hasAnyAuthority(TASKLIST, COCKPIT)
                .anyRequest()
                .authenticated();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, ProcessEngine engine, ObjectMapper json) throws Exception {
        signOn.addTo(http);
        return http.authenticationProvider(users)
                .securityContext(
                        context -> context.securityContextRepository(new CurrentUserContextRepository(users, signOns)))
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionFixation(SessionFixationConfigurer::newSession))
                .formLogin(form -> form.loginPage("/")
                        .loginProcessingUrl("/sign-in")
                        .usernameParameter("user")
                        .passwordParameter("password")
                        .successHandler(landing(json))
                        .failureHandler(problems))
                .logout(out -> out.logoutRequestMatcher(SIGN_OUT)
                        .deleteCookies("JSESSIONID")
                        .addLogoutHandler((request, response, known) -> SignInPage.beforeSignOut(request))
                        .logoutSuccessHandler(WebSecurity::signedOut))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(problems.askingToSignIn())
                        .accessDeniedHandler(problems))
                .csrf(csrf -> csrf.csrfTokenRepository(tokenInCookie()).csrfTokenRequestHandler(tokenWithEveryPage()))
                .authorizeHttpRequests(requests -> rightsOfPeople(requests, engine.getName()))
                .addFilterAfter(
                        EngineLogin.ofWebApplications(
                                engine,
                                anyOf(
                                        path("/camunda/api/**"),
                                        path("/camunda/app/*/%s/**".formatted(engine.getName())))),
                        AuthorizationFilter.class)
                .addFilterAfter(EngineLogin.ofCommands(engine, path("/changes/actions/**")), AuthorizationFilter.class)
                .headers(WebSecurity::headers)
                .build();
    }

    private static void rightsOfPeople(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            String engine) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(CLOSED)
                .denyAll()
                .requestMatchers(path("/start-forms/**"))
                .hasAuthority(TASKLIST);
        Stream.of("tasklist", "cockpit", "admin", "welcome")
                .forEach(application -> requests.requestMatchers(
                                path("/camunda/app/%s/%s/**".formatted(application, engine)))
                        .hasAuthority(EngineUser.authorityOf(application)));
        requests.requestMatchers(anyOf(path("/"), FILES, path("/sign-in/choices"), path("/sign-out/provider")))
                .permitAll()
                // Asks who is logged in; allows requests without a login.
                .requestMatchers(pattern().matcher(GET, "/camunda/api/admin/auth/user/{engine}"))
                .permitAll()
                .requestMatchers(path("/changes/**"))
                .hasAnyAuthority(TASKLIST, COCKPIT)
                .anyRequest()
                .authenticated();
    }

    /**
     * Camunda's own CSRF filter ends the session of a user that it refuses. Camunda does not add it if another filter has
     * its name.
     */
    @Bean
    FilterRegistrationBean<Filter> noCsrfFilterOfCamunda() {
        var none = new FilterRegistrationBean<Filter>((request, response, chain) -> chain.doFilter(request, response));
        none.setName("CsrfPreventionFilter");
        none.addUrlPatterns("/camunda/api/*");
        return none;
    }

    private static AuthenticationSuccessHandler landing(ObjectMapper json) {
        return (request, response, known) -> {
            String desk = EngineUser.current()
                    .map(LandingPage::of)
                    .orElse(LandingPage.WELCOME)
                    .path();
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            json.writeValue(response.getOutputStream(), Map.of("desk", request.getContextPath() + desk));
        };
    }

    private static void signedOut(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication known) {
        SignInPage.afterSignOut(request);
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    /** By the name that Camunda's applications look for, as ours do; no other site can read it. */
    private static CookieCsrfTokenRepository tokenInCookie() {
        var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.path("/").sameSite("Lax"));
        return tokens;
    }

    private static CsrfTokenRequestAttributeHandler tokenWithEveryPage() {
        var tokens = new CsrfTokenRequestAttributeHandler();
        tokens.setCsrfRequestAttributeName(null);
        return tokens;
    }

    /**
     * If a user typed a password into the browser's own dialog, the browser also sends it with requests from other sites.
     */
    private static boolean writesForAnotherSite(HttpServletRequest request) {
        return !Set.of("GET", "HEAD", "OPTIONS").contains(request.getMethod())
                && Set.of("cross-site", "same-site").contains(String.valueOf(request.getHeader("Sec-Fetch-Site")));
    }

    /** No cache stores personal data, and no user input runs as a script. Camunda writes its own policy. */
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .httpStrictTransportSecurity(https -> https.includeSubDomains(false))
                .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .addHeaderWriter(except(FILES, new CacheControlHeadersWriter()))
                .addHeaderWriter(except(path("/camunda/**"), new ContentSecurityPolicyHeaderWriter(CONTENT_POLICY)));
    }

    private static HeaderWriter except(RequestMatcher some, HeaderWriter writer) {
        return new DelegatingRequestMatcherHeaderWriter(not(some), writer);
    }

    private static RequestMatcher path(String pattern) {
        return pattern().matcher(pattern);
    }

    private static PathPatternRequestMatcher.Builder pattern() {
        return PathPatternRequestMatcher.withDefaults();
    }
}
