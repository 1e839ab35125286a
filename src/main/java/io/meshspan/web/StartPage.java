package io.meshspan.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The front page: the application that the user works with, or the way in. */
@Controller
class StartPage {

    @GetMapping("/")
    String start() {
        return EngineUser.current()
                .map(user -> "redirect:" + LandingPage.of(user).path())
                .orElse("forward:/changes/sign-in.html");
    }
}
