package io.meshspan.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Findings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** The form of every error of this service: RFC 9457 with a readable text, for filters and controllers. */
public final class ProblemAnswer {

    private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json().build();

    private ProblemAnswer() {}

    /** @param detail what is wrong and what to do; never a secret, a class or a parser's message */
    public static ProblemDetail of(HttpStatusCode status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem;
    }

    /** Status 400: {@code findings} has one text for each finding, {@code moreFindings} the number of omitted ones. */
    public static ProblemDetail refused(Findings findings) {
        ProblemDetail problem = of(
                HttpStatus.BAD_REQUEST,
                "The request makes no sense",
                FailureCode.INPUT_REJECTED.meaning() + ":\n" + findings.text());
        add(findings, problem);
        return problem;
    }

    static void add(Findings findings, ProblemDetail problem) {
        problem.setProperty("findings", findings.told());
        problem.setProperty("moreFindings", findings.untold());
    }

    /** For an error without a text of its own. */
    public static ProblemDetail of(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST ->
                of(status, "The request makes no sense", "The request cannot be read. Correct its form.");
            case UNAUTHORIZED ->
                of(status, "Not signed in", "Send the name and the password of a user, or sign in on the front page.");
            case FORBIDDEN -> of(status, "Refused", "You may not do this, or not from here.");
            case NOT_FOUND -> of(status, "Not found", "There is nothing at this address.");
            case METHOD_NOT_ALLOWED ->
                of(
                        status,
                        "Not offered",
                        "This address does not offer that method; the header Allow names those that it does.");
            case NOT_ACCEPTABLE ->
                of(status, "Not offered", "This address has no answer of the type in the header Accept.");
            case PAYLOAD_TOO_LARGE -> of(status, "Too large", "The body of the request is too large.");
            case UNSUPPORTED_MEDIA_TYPE -> of(status, "Not readable", "Send the body as application/json.");
            case CONFLICT ->
                of(
                        status,
                        "Somebody else was faster",
                        "Somebody else made the same request or changed the object at the same time. Read its state, "
                                + "then repeat the request if it is still needed.");
            default ->
                status.is4xxClientError()
                        ? of(status, "Refused", status.getReasonPhrase())
                        : of(status, "The service failed", "The service could not do this. Its log says why.");
        };
    }

    /**
     * Writes it to an answer that is not started yet. It may run before the filters that add headers to all other answers.
     */
    static void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        byte[] body = JSON.writeValueAsBytes(problem);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
