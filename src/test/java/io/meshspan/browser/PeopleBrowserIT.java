package io.meshspan.browser;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The work of each person in a browser, by one service and one browser; nobody's depends on another one's. */
@ExtendWith(OfficeHours.class)
class PeopleBrowserIT {

    @Nested
    class Operator extends OperatorsWork {
        Operator(Office office) {
            super(office);
        }
    }

    @Nested
    class ChangeManager extends ChangeManagersWork {
        ChangeManager(Office office) {
            super(office);
        }
    }

    @Nested
    class Auditor extends AuditorsWork {
        Auditor(Office office) {
            super(office);
        }
    }

    @Nested
    class Administrator extends AdministratorsWork {
        Administrator(Office office) {
            super(office);
        }
    }
}
