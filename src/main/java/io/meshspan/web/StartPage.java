package io.meshspan.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The front page: redirects to the user's application, or to the login. */
@Controller
class StartPage {

    @GetMapping("/")
    String start() {
        return EngineUser.current()
                .map(user -> "redirect:" + LandingPage.of(user).path())
                .orElse("forward:/changes/sign-in.html");
    }
}
