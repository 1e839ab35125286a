package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * One way in for every role: whoever signs in is led to the web application they work with. A browser sends the header
 * that each request must have from this site's own pages alone.
 */
@RestController
class SignIn {

    private static final String OWN_PAGES = "X-Requested-By=changes";

    record Credentials(@Nullable String user, @Nullable String password) {}

    private final WebSession session;

    SignIn(WebSession session) {
        this.session = session;
    }

    @PostMapping(path = "/sign-in", headers = OWN_PAGES)
    ResponseEntity<?> signIn(HttpServletRequest request, @RequestBody Credentials given) {
        return session.begin(request, text(given.user()), text(given.password()))
                .map(Desk::of)
                .<ResponseEntity<?>>map(
                        desk -> ResponseEntity.ok(Map.of("desk", request.getContextPath() + desk.path())))
                .orElseGet(SignIn::refused);
    }

    @PostMapping(path = "/sign-out", headers = OWN_PAGES)
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
        return ResponseEntity.noContent().build();
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "");
    }

    private static ResponseEntity<ProblemDetail> refused() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.UNAUTHORIZED,
                "There is no such user with this password. After a wrong one, wait some seconds");
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(problem);
    }
}
