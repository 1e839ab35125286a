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

/** Leads somebody who opens a web application without the right to it to their own, in place of a bare 403. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OwnDesk extends OncePerRequestFilter {

    private static final Pattern PAGE = Pattern.compile("/camunda/app/(tasklist|cockpit|admin)/[^/]+/?");

    private final WebSession session;

    OwnDesk(WebSession session) {
        this.session = session;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Desk> elsewhere = elsewhere(request);
        if (elsewhere.isPresent()) {
            response.sendRedirect(request.getContextPath() + elsewhere.get().path());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Desk> elsewhere(HttpServletRequest request) {
        Matcher page = PAGE.matcher(request.getServletPath());
        return page.matches()
                ? session.user(request)
                        .filter(user -> isClosed(page.group(1), user))
                        .map(Desk::of)
                : Optional.empty();
    }

    private static boolean isClosed(String application, UserAuthentication user) {
        return !user.isAuthorizedForApp(application);
    }
}
