package io.meshspan.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine, or Camunda's web applications, who is logged in, for the current request only. */
final class EngineLogin extends OncePerRequestFilter {

    private interface Login {

        /** @return ends the login */
        Runnable begin(HttpServletRequest request, Optional<EngineUser> user);
    }

    private final String name;
    private final RequestMatcher requests;
    private final Login login;

    private EngineLogin(String name, RequestMatcher requests, Login login) {
        this.name = name;
        this.requests = requests;
        this.login = login;
    }

    /** The engine's commands run with the rights of the user who is logged in. */
    static EngineLogin ofCommands(ProcessEngine engine, RequestMatcher requests) {
        IdentityService identity = engine.getIdentityService();
        return new EngineLogin("commands", requests, (request, user) -> {
            user.ifPresent(known -> identity.setAuthentication(known.id(), known.groups(), known.tenants()));
            return identity::clearAuthentication;
        });
    }

    /** These applications look for their own login in the session. */
    static EngineLogin ofWebApplications(ProcessEngine engine, RequestMatcher requests) {
        return new EngineLogin("web applications", requests, (request, user) -> {
            Authentications known = new Authentications();
            user.ifPresent(present -> known.addOrReplace(present.forWebApplications(engine.getName())));
            HttpSession session = request.getSession(user.isPresent());
            AuthenticationUtil.updateSession(session, known);
            return () -> {};
        });
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Runnable end = login.begin(request, EngineUser.current());
        try {
            chain.doFilter(request, response);
        } finally {
            end.run();
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !requests.matches(request);
    }

    /** One filter chain has two of these filters. */
    @Override
    protected String getAlreadyFilteredAttributeName() {
        return EngineLogin.class.getName() + " of " + name;
    }
}
