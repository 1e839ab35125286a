package io.meshspan.web.changes;

import io.meshspan.process.engine.incident.NoWayToAPerson;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What went wrong, in words, as RFC 9457 has it. */
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems {

    @ExceptionHandler({NoSuchChange.class, NoSuchDiagram.class, NoSuchProcess.class})
    ProblemDetail notFound(RuntimeException e) {
        return problem(HttpStatus.NOT_FOUND, "Not found", e);
    }

    @ExceptionHandler(AuthorizationException.class)
    ProblemDetail refused(RuntimeException e) {
        if (e instanceof AuthorizationException refusal
                && !refusal.getMissingAuthorizations().isEmpty()) {
            return ProblemDetail.forStatusAndDetail(
                    HttpStatus.FORBIDDEN,
                    "The role of %s does not include this; README lists who may start, approve and decide"
                            .formatted(refusal.getUserId()));
        }
        return problem(HttpStatus.FORBIDDEN, "Refused", e);
    }

    @ExceptionHandler({BadUserRequestException.class, BadBody.class})
    ProblemDetail bad(RuntimeException e) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "The request makes no sense", e);
        problem.setProperty("findings", String.valueOf(e.getMessage()).lines().toList());
        return problem;
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "The body is no JSON object");
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    ProblemDetail unsupported(HttpMediaTypeNotSupportedException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json");
    }

    @ExceptionHandler({NothingToDecide.class, NoWayToAPerson.class})
    ProblemDetail nothingToDecide(RuntimeException e) {
        return problem(HttpStatus.CONFLICT, "Nothing to decide", e);
    }

    /** The engine wraps what a step of the start says. */
    @ExceptionHandler(ProcessEngineException.class)
    ProblemDetail engine(ProcessEngineException e) {
        Throwable cause = e.getCause();
        if (cause instanceof BadUserRequestException request) {
            return bad(request);
        }
        if (cause instanceof AuthorizationException refusal) {
            return refused(refusal);
        }
        return problem(HttpStatus.CONFLICT, "The engine could not do it", e);
    }

    private static ProblemDetail problem(HttpStatus status, String title, RuntimeException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(e.getMessage()));
        problem.setTitle(title);
        return problem;
    }
}
