package io.meshspan.web;

import java.util.Locale;

/** The web application in which a user starts: Tasklist for whoever has tasks, else Cockpit, else the profile. */
enum LandingPage {
    TASKLIST,
    COCKPIT,
    WELCOME;

    static LandingPage of(EngineUser user) {
        if (TASKLIST.isOpenTo(user)) {
            return TASKLIST;
        }
        return COCKPIT.isOpenTo(user) ? COCKPIT : WELCOME;
    }

    private boolean isOpenTo(EngineUser user) {
        return user.mayOpen(application());
    }

    String path() {
        return "/camunda/app/%s/default/".formatted(application());
    }

    private String application() {
        return name().toLowerCase(Locale.ROOT);
    }
}
