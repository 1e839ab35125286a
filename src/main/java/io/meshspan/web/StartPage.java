package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The front page: the application that the user works with. */
@Controller
class StartPage {

    private final WebSession session;

    StartPage(WebSession session) {
        this.session = session;
    }

    @GetMapping("/")
    String start(HttpServletRequest request) {
        return "redirect:"
                + session.user(request).map(Desk::of).orElse(Desk.TASKLIST).path();
    }
}
