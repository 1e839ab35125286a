package io.meshspan.web.changes;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page of changes, for users who may read them. */
@Controller
class ChangesPage {

    @GetMapping({"/changes", "/changes/"})
    String page() {
        return "forward:/changes/index.html";
    }
}
