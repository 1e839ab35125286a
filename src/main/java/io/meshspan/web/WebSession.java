package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.stereotype.Component;

/** Who is logged in to the web applications in the browser that asks. */
@Component
public class WebSession {

    private final String engine;

    WebSession(ProcessEngine engine) {
        this.engine = engine.getName();
    }

    public Optional<UserAuthentication> user(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return Optional.ofNullable(session)
                .map(AuthenticationUtil::getAuthsFromSession)
                .map(all -> (UserAuthentication) all.getAuthenticationForProcessEngine(engine));
    }
}
