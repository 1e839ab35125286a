package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;

/** The addresses for programs, including the scripts of our own pages. All other addresses are pages and their files. */
final class Interfaces {

    private static final List<String> ENGINE = List.of("/engine-rest/", "/camunda/api/");
    private static final List<String> OWN =
            List.of("/api/", "/changes/data/", "/changes/actions/", "/start-forms/", "/sign-in/", "/sign-out/");

    private Interfaces() {}

    static boolean isOne(HttpServletRequest request) {
        return isAt(OWN, request) || isEngine(request);
    }

    /** Whether the address is one of Camunda's. */
    static boolean isEngine(HttpServletRequest request) {
        return isAt(ENGINE, request);
    }

    /** Decoded, and without the parameters that an address may contain. */
    static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    private static boolean isAt(List<String> prefixes, HttpServletRequest request) {
        String path = path(request) + "/";
        return prefixes.stream().anyMatch(path::startsWith);
    }
}
