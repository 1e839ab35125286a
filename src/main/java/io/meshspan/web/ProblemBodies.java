package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns the errors of every interface into RFC 9457, where they are not: filters answer with a bare status, and Camunda's REST
 * interfaces in a form of their own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemBodies extends OncePerRequestFilter {

    private final ObjectMapper json;

    ProblemBodies(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Kept kept = new Kept(response);
        chain.doFilter(request, kept);
        if (request.isAsyncStarted()) {
            kept.keepNothing();
        } else if (kept.isError() && !response.isCommitted()) {
            answer(kept, response);
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Interfaces.isOne(request);
    }

    private void answer(Kept kept, HttpServletResponse response) throws IOException {
        byte[] body = kept.body();
        if (kept.isProblem()) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            return;
        }
        JsonNode engine = kept.isJson() ? parsed(body) : json.createObjectNode();
        ProblemDetail problem = engine.has("message")
                ? EngineProblem.of(response.getStatus(), engine)
                : ProblemAnswer.of(status(response.getStatus()));
        ProblemAnswer.write(response, problem);
    }

    private static HttpStatus status(int number) {
        HttpStatus known = HttpStatus.resolve(number);
        return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }

    private JsonNode parsed(byte[] body) throws IOException {
        JsonNode parsed = json.readTree(body);
        return parsed.isObject() ? parsed : json.createObjectNode();
    }

    /** Keeps the body of an error back, and lets every other one through. */
    private static final class Kept extends HttpServletResponseWrapper {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean sent;
        private boolean keeps = true;

        @Nullable
        private PrintWriter writer;

        Kept(HttpServletResponse response) {
            super(response);
        }

        /** Somebody answers later, on another thread. */
        void keepNothing() {
            keeps = false;
        }

        /** Not one that the container answers. */
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
