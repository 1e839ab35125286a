package io.meshspan.web.changes;

import io.meshspan.audit.ChangeFilter;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a query with unknown or repeated parameters, because part of it would be ignored. */
final class KnownParameters implements HandlerInterceptor {

    private static final List<String> FILTER = Arrays.stream(ChangeFilter.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            RequestRefused.ifAny(findings(request.getParameterMap(), known(method)));
        }
        return true;
    }

    private static List<String> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(parameter -> parameter.getParameterType().equals(ChangeFilter.class)
                        ? FILTER.stream()
                        : Stream.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                                .map(RequestParam::name))
                .toList();
    }

    private static List<Finding> findings(Map<String, String[]> asked, List<String> known) {
        Stream<Finding> unknown = asked.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> InputRules.unknown("query", name, known));
        Stream<Finding> twice = asked.entrySet().stream()
                .filter(parameter -> known.contains(parameter.getKey()) && parameter.getValue().length > 1)
                .map(parameter -> Finding.blocking(
                        "query", parameter.getKey(), "each parameter once", "it again", "Leave one of them out."));
        return Stream.concat(unknown, twice).toList();
    }
}
