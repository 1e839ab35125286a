package io.meshspan.web;

import io.meshspan.web.oidc.PageOfThisSite;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The front page: redirects to the user's application, or to the login. */
@Controller
class StartPage {

    @GetMapping("/")
    String start(@RequestParam(required = false) @Nullable String to) {
        return EngineUser.current()
                .map(user -> "redirect:"
                        + PageOfThisSite.of(to)
                                // What stands in braces would be taken for a variable.
                                .filter(page -> page.indexOf('{') < 0)
                                .orElse(LandingPage.of(user).path()))
                .orElse("forward:/changes/sign-in.html");
    }
}
