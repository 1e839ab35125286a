package io.meshspan.web;

import java.util.Locale;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;

/** The web application in which a user starts: Tasklist for whoever has tasks, else Cockpit, else the profile. */
enum Desk {
    TASKLIST,
    COCKPIT,
    WELCOME;

    static Desk of(UserAuthentication user) {
        if (TASKLIST.isOpenTo(user)) {
            return TASKLIST;
        }
        return COCKPIT.isOpenTo(user) ? COCKPIT : WELCOME;
    }

    private boolean isOpenTo(UserAuthentication user) {
        return user.isAuthorizedForApp(application());
    }

    String path() {
        return "/camunda/app/%s/default/".formatted(application());
    }

    private String application() {
        return name().toLowerCase(Locale.ROOT);
    }
}
