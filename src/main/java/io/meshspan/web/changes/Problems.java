package io.meshspan.web.changes;

import io.meshspan.audit.ChangeState;
import io.meshspan.engine.incident.NoErrorPath;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.InputRules;
import io.meshspan.trust.EvidenceKeyUnusable;
import io.meshspan.web.ProblemAnswer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Errors as RFC 9457 with a readable text, for every controller and for unknown addresses. */
@RestControllerAdvice
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler({
        NoSuchChange.class,
        NoSuchMesh.class,
        NoSuchDiagram.class,
        NoSuchProcess.class,
        VerificationQueries.NoSuchVerification.class
    })
    ProblemDetail notFound(RuntimeException e) {
        return problem(HttpStatus.NOT_FOUND, "Not found", e);
    }

    @ExceptionHandler(NoResourceFoundException.class)
    ProblemDetail nothingThere(NoResourceFoundException e) {
        return ProblemAnswer.of(HttpStatus.NOT_FOUND);
    }

    @ExceptionHandler(AuthorizationException.class)
    ProblemDetail refused(RuntimeException e) {
        if (e instanceof AuthorizationException refusal
                && !refusal.getMissingAuthorizations().isEmpty()) {
            return ProblemAnswer.of(
                    HttpStatus.FORBIDDEN,
                    "Refused",
                    "The role of %s does not include this; README lists who may start, approve and decide"
                            .formatted(refusal.getUserId()));
        }
        return problem(HttpStatus.FORBIDDEN, "Refused", e);
    }

    @ExceptionHandler(RequestRefused.class)
    ProblemDetail refused(RequestRefused e) {
        return ProblemAnswer.refused(e.findings());
    }

    @ExceptionHandler(BadUserRequestException.class)
    ProblemDetail bad(BadUserRequestException e) {
        return problem(HttpStatus.BAD_REQUEST, "The request makes no sense", e);
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        return ProblemAnswer.refused(new Findings(List.of(
                Finding.blocking("request", "body", "a JSON object", "something else", "Send its fields in braces."))));
    }

    /** A query parameter that cannot be converted: every parameter that is not a text is a time. */
    @ExceptionHandler(BindException.class)
    ProblemDetail unbound(BindException e) {
        return ProblemAnswer.refused(new Findings(
                e.getFieldErrors().stream().map(Problems::wrongParameter).toList()));
    }

    private static Finding wrongParameter(FieldError error) {
        String found = InputRules.quoted(Objects.toString(error.getRejectedValue(), ""));
        String expected = error.getField().equals("state")
                ? "one of " + List.of(ChangeState.values())
                : "a time such as 2026-01-31T12:00:00Z";
        return InputRules.wrongType("query", error.getField(), expected, found);
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    ProblemDetail unsupported(HttpMediaTypeNotSupportedException e) {
        return ProblemAnswer.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }

    @ExceptionHandler(HttpMediaTypeNotAcceptableException.class)
    ProblemDetail unacceptable(HttpMediaTypeNotAcceptableException e) {
        return ProblemAnswer.of(
                HttpStatus.NOT_ACCEPTABLE,
                "Not offered",
                "This address answers as %s; the header Accept must allow that, or be left out."
                        .formatted(MediaType.toString(e.getSupportedMediaTypes())));
    }

    @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
    ResponseEntity<ProblemDetail> notOffered(HttpRequestMethodNotSupportedException e) {
        return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                .headers(e.getHeaders())
                .body(ProblemAnswer.of(HttpStatus.METHOD_NOT_ALLOWED));
    }

    @ExceptionHandler({NothingToDecide.class, NoErrorPath.class})
    ProblemDetail nothingToDecide(RuntimeException e) {
        return problem(HttpStatus.CONFLICT, "Nothing to decide", e);
    }

    @ExceptionHandler(IdempotencyKeys.KeyOfAnotherRequest.class)
    ProblemDetail otherRequest(IdempotencyKeys.KeyOfAnotherRequest e) {
        return problem(HttpStatus.UNPROCESSABLE_ENTITY, "The key is another request's", e);
    }

    @ExceptionHandler(IdempotencyKeys.RequestUnderWay.class)
    ProblemDetail underWay(IdempotencyKeys.RequestUnderWay e) {
        return problem(HttpStatus.CONFLICT, "The same request is under way", e);
    }

    @ExceptionHandler({OptimisticLockingException.class, TaskAlreadyClaimedException.class})
    ProblemDetail lostRace(ProcessEngineException e) {
        return ProblemAnswer.of(HttpStatus.CONFLICT);
    }

    /** The engine wraps the exceptions of steps and task rules. */
    @ExceptionHandler(ProcessEngineException.class)
    ProblemDetail engine(ProcessEngineException e) {
        Optional<RequestRefused> request = behind(e, RequestRefused.class);
        if (request.isPresent()) {
            return refused(request.get());
        }
        Optional<AuthorizationException> refusal = behind(e, AuthorizationException.class);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        if (behind(e, OptimisticLockingException.class).isPresent()) {
            return lostRace(e);
        }
        LOG.warn("The engine could not do what was asked", new SanitizedException(e));
        return ProblemAnswer.of(
                HttpStatus.CONFLICT,
                "The engine could not do it",
                "The engine could not do this as things stand. Read how they stand now; the log of the service says more.");
    }

    private static <T extends Throwable> Optional<T> behind(Throwable failure, Class<T> type) {
        return CauseChain.of(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Probably works later. */
    @ExceptionHandler(TransientException.class)
    ProblemDetail unreachable(TransientException e) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "A cluster cannot be read now", e);
    }

    /** The key signs evidence and checks it. */
    @ExceptionHandler(EvidenceKeyUnusable.class)
    ProblemDetail noEvidenceKey(EvidenceKeyUnusable e) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "The evidence key cannot be used", e);
    }

    private static ProblemDetail problem(HttpStatus status, String title, RuntimeException e) {
        return ProblemAnswer.of(status, title, String.valueOf(e.getMessage()));
    }
}
