package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.engine.identity.RefusedStarts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.HistoryService;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns the errors of all interfaces into RFC 9457 where they are not yet: filters answer with a bare status, and Camunda's
 * REST interfaces in their own format.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemBodies extends OncePerRequestFilter {

    private static final Pattern TASK = Pattern.compile("/task/([\\w-]+)/");

    private final ObjectMapper json;
    private final HistoryService history;

    ProblemBodies(ObjectMapper json, HistoryService history) {
        this.json = json;
        this.history = history;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        BufferedResponse kept = new BufferedResponse(response);
        chain.doFilter(request, kept);
        if (request.isAsyncStarted()) {
            kept.keepNothing();
        } else if (kept.isError() && !response.isCommitted()) {
            answer(request, kept, response);
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Interfaces.isOne(request);
    }

    private void answer(HttpServletRequest request, BufferedResponse kept, HttpServletResponse response)
            throws IOException {
        byte[] body = kept.body();
        if (kept.isProblem()) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            return;
        }
        if (kept.getStatus() != HttpStatus.UNAUTHORIZED.value() && isAboutEndedTask(request)) {
            ProblemAnswer.write(response, EngineProblem.taskIsGone());
            return;
        }
        JsonNode engine = kept.isJson() ? parsed(body) : json.createObjectNode();
        ProblemDetail problem = engine.has("message")
                ? EngineProblem.of(response.getStatus(), engine)
                : ProblemAnswer.of(status(response.getStatus()));
        RefusedStarts.findings(request).ifPresent(findings -> ProblemAnswer.add(findings, problem));
        ProblemAnswer.write(response, problem);
    }

    /**
     * If somebody else completes the task at the same moment, the engine can fail anywhere in its command, each time with
     * another message.
     */
    private boolean isAboutEndedTask(HttpServletRequest request) {
        Matcher task = TASK.matcher(Interfaces.path(request));
        return Interfaces.isEngine(request)
                && task.find()
                && history.createHistoricTaskInstanceQuery()
                                .taskId(task.group(1))
                                .finished()
                                .count()
                        > 0;
    }

    private static HttpStatus status(int number) {
        HttpStatus known = HttpStatus.resolve(number);
        return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }

    private JsonNode parsed(byte[] body) throws IOException {
        JsonNode parsed = json.readTree(body);
        return parsed.isObject() ? parsed : json.createObjectNode();
    }

    /** Holds back the body of an error; every other body passes. */
    private static final class BufferedResponse extends HttpServletResponseWrapper {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean sent;
        private boolean keeps = true;

        @Nullable
        private PrintWriter writer;

        BufferedResponse(HttpServletResponse response) {
            super(response);
        }

        /** The answer comes later, on another thread. */
        void keepNothing() {
            keeps = false;
        }

        /** Excludes errors that the container answers. */
        boolean isError() {
            return !sent && getStatus() >= HttpStatus.BAD_REQUEST.value();
        }

        boolean isProblem() {
            return String.valueOf(getContentType()).startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        }

        boolean isJson() {
            return String.valueOf(getContentType()).contains("json") && body.size() > 0;
        }

        byte[] body() {
            if (writer != null) {
                writer.flush();
            }
            return body.toByteArray();
        }

        @Override
        public void sendError(int status) throws IOException {
            sent = true;
            super.sendError(status);
        }

        @Override
        public void sendError(int status, @Nullable String message) throws IOException {
            sent = true;
            super.sendError(status, message);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return keeps && isError() ? new Stream(body) : super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            if (!keeps || !isError()) {
                return super.getWriter();
            }
            if (writer == null) {
                writer = new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
            }
            return writer;
        }

        @Override
        public void flushBuffer() throws IOException {
            if (!keeps || !isError()) {
                super.flushBuffer();
            }
        }
    }

    private static final class Stream extends ServletOutputStream {

        private final ByteArrayOutputStream body;

        Stream(ByteArrayOutputStream body) {
            this.body = body;
        }

        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            body.write(bytes, from, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("an error is written at once");
        }
    }
}
