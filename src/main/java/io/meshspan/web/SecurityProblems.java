package io.meshspan.web;

import io.meshspan.web.oidc.IdentityProviders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatchers;
import org.springframework.stereotype.Component;

/**
 * The answers to requests that are not allowed. Pages redirect to the login page, or to the application that the user may
 * open. All other requests get RFC 9457 with the reason and the next step.
 */
@Component
class SecurityProblems implements AuthenticationFailureHandler, AccessDeniedHandler {

    private static final RequestMatcher PAGES =
            RequestMatchers.anyOf(page("/changes"), page("/changes/"), page("/camunda/app/**"));

    private static RequestMatcher page(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, pattern);
    }

    /** For pipelines. */
    AuthenticationEntryPoint askingForPassword() {
        return (request, response, failure) -> {
            if (!(failure instanceof TooManyAttempts)) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Meshspan\", charset=\"UTF-8\"");
                response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Meshspan\"");
            }
            refuse(
                    request,
                    response,
                    failure,
                    "Send user and password (HTTP Basic) or a bearer token of an identity provider with each request");
        };
    }

    /** For people. */
    AuthenticationEntryPoint askingToSignIn() {
        return (request, response, failure) -> {
            if (PAGES.matches(request)) {
                String to = request.getRequestURI()
                        .substring(request.getContextPath().length());
                redirect(request, response, "/?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
            } else {
                refuse(request, response, failure, "Nobody is signed in in this browser: sign in on the front page");
            }
        };
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        refuse(request, response, failure, "The sign-in failed: try again");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof CsrfException) {
            write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Refused",
                    "This does not come from a page of this site, or from one that is older than the sign-in: load the page again");
        } else if (PAGES.matches(request)) {
            redirect(
                    request,
                    response,
                    EngineUser.current()
                            .map(LandingPage::of)
                            .map(LandingPage::path)
                            .orElse("/"));
        } else {
            String who = EngineUser.current().map(EngineUser::id).orElse("This user");
            write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Refused",
                    "%s has none of the roles that may do this; README lists what each role may do".formatted(who));
        }
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure, String otherwise)
            throws IOException {
        if (failure instanceof TooManyAttempts many) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(many.retryAfterSeconds()));
            write(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many attempts",
                    String.valueOf(many.getMessage()));
        } else if (failure instanceof IdentityProviders.Unreachable) {
            write(
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Not checked",
                    "The identity provider that issued the token does not answer, so the token was not checked: try again");
        } else if (failure instanceof DisabledException closed) {
            write(request, response, HttpStatus.UNAUTHORIZED, "Not signed in", String.valueOf(closed.getMessage()));
        } else if (failure instanceof InvalidBearerTokenException) {
            write(
                    request,
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "Not signed in",
                    "The bearer token does not count here: expected one that an identity provider of the settings signed, not"
                            + " expired, with an audience of this service; get a new one");
        } else {
            String detail =
                    failure instanceof BadCredentialsException ? "There is no such user with this password" : otherwise;
            write(request, response, HttpStatus.UNAUTHORIZED, "Not signed in", detail);
        }
    }

    private static void redirect(HttpServletRequest request, HttpServletResponse response, String path)
            throws IOException {
        response.sendRedirect(request.getContextPath() + path);
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String title, String detail)
            throws IOException {
        ProblemDetail problem = ProblemAnswer.of(status, title, detail);
        problem.setInstance(URI.create(request.getRequestURI()));
        ProblemAnswer.write(response, problem);
    }
}
