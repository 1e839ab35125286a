package io.meshspan.web.changes;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page of the changes, for whoever is logged in to one of the web applications. */
@Controller
class ChangesPage {

    private final Readers readers;

    ChangesPage(Readers readers) {
        this.readers = readers;
    }

    @GetMapping({"/changes", "/changes/"})
    String page(HttpServletRequest request) {
        return readers.reader(request).filter(Reader::reads).isPresent()
                ? "forward:/changes/index.html"
                : "redirect:/?to=/changes/";
    }
}
