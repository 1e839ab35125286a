package io.meshspan.web;

import java.util.Set;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;

/** The web application in which a user starts: Tasklist for whoever has tasks, else Cockpit. */
enum Desk {
    TASKLIST,
    COCKPIT;

    static Desk of(UserAuthentication user) {
        Set<String> apps = user.getAuthorizedApps();
        return apps.contains("cockpit") && !apps.contains("tasklist") ? COCKPIT : TASKLIST;
    }

    String path() {
        return "/camunda/app/%s/default/".formatted(name().toLowerCase(java.util.Locale.ROOT));
    }
}
