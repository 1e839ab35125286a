package io.meshspan.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leads whoever opens a web application without the right to it to their own, in place of a bare 403, and whoever is not
 * signed in to the front page: a web application's own login refuses everybody who works with another one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OwnDesk extends OncePerRequestFilter {

    private static final Pattern PAGE = Pattern.compile("/camunda/app/(tasklist|cockpit|admin|welcome)/[^/]+/?");

    private final WebSession session;

    OwnDesk(WebSession session) {
        this.session = session;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> elsewhere = elsewhere(request);
        if (elsewhere.isPresent()) {
            response.sendRedirect(request.getContextPath() + elsewhere.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<String> elsewhere(HttpServletRequest request) {
        Matcher page = PAGE.matcher(request.getServletPath());
        if (!page.matches()) {
            return Optional.empty();
        }
        Optional<UserAuthentication> user = session.user(request);
        return user.isEmpty()
                ? Optional.of("/?to=" + request.getServletPath())
                : user.filter(known -> isClosed(page.group(1), known))
                        .map(known -> Desk.of(known).path());
    }

    private static boolean isClosed(String application, UserAuthentication user) {
        return !user.isAuthorizedForApp(application);
    }
}
