package io.meshspan.browser;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The work of each person in a browser, by one service and one browser; nobody's depends on another one's. */
@ExtendWith(BrowserSessions.class)
class PeopleBrowserIT {

    @Nested
    class Operator extends OperatorsWork {
        Operator(BrowserSession browserSession) {
            super(browserSession);
        }
    }

    @Nested
    class ChangeManager extends ChangeManagersWork {
        ChangeManager(BrowserSession browserSession) {
            super(browserSession);
        }
    }

    @Tag("slow")
    @Nested
    class Auditor extends AuditorsWork {
        Auditor(BrowserSession browserSession) {
            super(browserSession);
        }
    }

    @Tag("slow")
    @Nested
    class SingleSignOn extends SingleSignOnWork {
        SingleSignOn(BrowserSession browserSession) {
            super(browserSession);
        }
    }

    @Tag("slow")
    @Nested
    class Administrator extends AdministratorsWork {
        Administrator(BrowserSession browserSession) {
            super(browserSession);
        }
    }
}
