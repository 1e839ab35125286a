package io.meshspan.web;

import io.meshspan.finding.Findings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no interface accepts, before it is processed: bodies that are too long, and control characters in names,
 * texts and queries. Some databases store these characters, others fail.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RequestLimits extends OncePerRequestFilter {

    /** Large enough for a mesh file of 200,000 characters, as text or as Base64. */
    static final int LARGEST_BODY = 1024 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getContentLengthLong() > LARGEST_BODY
                ? new byte[LARGEST_BODY + 1]
                : request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            ProblemAnswer.write(response, tooLarge());
            return;
        }
        RequestText text = new RequestText(Interfaces.isEngine(request));
        Map<String, String[]> form = form(request, body, text);
        Findings findings = text.judge(request, body);
        if (!findings.list().isEmpty()) {
            ProblemDetail refused = ProblemAnswer.refused(findings);
            ProblemAnswer.write(response, Interfaces.isEngine(request) ? EngineProblem.like(refused) : refused);
            return;
        }
        chain.doFilter(new Read(request, body, form), response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Interfaces.isOne(request);
    }

    private static Map<String, String[]> form(HttpServletRequest request, byte[] body, RequestText text) {
        return RequestText.isForm(request)
                ? text.parameters(new String(body, StandardCharsets.UTF_8), "form")
                : Map.of();
    }

    private static ProblemDetail tooLarge() {
        return ProblemAnswer.of(
                HttpStatus.PAYLOAD_TOO_LARGE,
                "Too large",
                "The body of a request has at most %d bytes. Shorten it.".formatted(LARGEST_BODY));
    }

    /** A request whose body is already read. */
    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;
        private final Map<String, String[]> form;

        Read(HttpServletRequest request, byte[] body, Map<String, String[]> form) {
            super(request);
            this.body = body;
            this.form = form;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }

        @Override
        public @Nullable String getParameter(String name) {
            String[] values = getParameterMap().get(name);
            return values == null || values.length == 0 ? null : values[0];
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            Map<String, String[]> all = new LinkedHashMap<>(form);
            all.putAll(super.getParameterMap());
            return all;
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(getParameterMap().keySet());
        }

        @Override
        @SuppressWarnings("NullAway") // null if there is none, as the interface says
        public String[] getParameterValues(String name) {
            return getParameterMap().get(name);
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body was read already");
        }
    }
}
