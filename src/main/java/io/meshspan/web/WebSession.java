package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.camunda.bpm.webapp.impl.util.ServletContextUtil;
import org.springframework.stereotype.Component;

/** Who is logged in to the web applications in the browser that asks. */
@Component
public class WebSession {

    private final ProcessEngine engine;

    WebSession(ProcessEngine engine) {
        this.engine = engine;
    }

    /** Begins one, in place of whatever the browser had before; empty if the password is wrong or the user locked. */
    Optional<UserAuthentication> begin(HttpServletRequest request, String user, String password) {
        if (!engine.getIdentityService().checkPassword(user, password)) {
            return Optional.empty();
        }
        UserAuthentication known = AuthenticationUtil.createAuthentication(engine, user);
        known.setCacheValidationTime(ServletContextUtil.getAuthCacheValidationTime(request.getServletContext()));
        AuthenticationUtil.revalidateSession(request, known);
        return Optional.of(known);
    }

    public Optional<UserAuthentication> user(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return Optional.ofNullable(session)
                .map(AuthenticationUtil::getAuthsFromSession)
                .map(all -> (UserAuthentication) all.getAuthenticationForProcessEngine(engine.getName()));
    }
}
