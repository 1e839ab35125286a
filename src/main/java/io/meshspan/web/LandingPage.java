package io.meshspan.web;

import java.util.Locale;

/** The web application where a user starts: Tasklist if they have it, otherwise Cockpit, otherwise the profile. */
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
