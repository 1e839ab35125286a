package io.meshspan.web.changes;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page of the changes, for whoever is logged in to one of the web applications. */
@Controller
class ChangesPage {

    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; frame-ancestors 'self'; base-uri 'none'";

    private final Readers readers;

    ChangesPage(Readers readers) {
        this.readers = readers;
    }

    @GetMapping({"/changes", "/changes/"})
    String page(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        return readers.reader(request).filter(Reader::mayRead).isPresent()
                ? "forward:/changes/index.html"
                : "redirect:/";
    }
}
