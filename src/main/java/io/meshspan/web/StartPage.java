package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The front page: the application that the user works with, or the way in. */
@Controller
class StartPage {

    private final WebSession session;

    StartPage(WebSession session) {
        this.session = session;
    }

    @GetMapping("/")
    String start(HttpServletRequest request) {
        return session.user(request)
                .map(user -> "redirect:" + Desk.of(user).path())
                .orElse("forward:/changes/sign-in.html");
    }
}
