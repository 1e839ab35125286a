package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpointWebExtension;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Health on the port of the service, too: an answer on the management port does not say that this port answers, and that is
 * what a probe or a load balancer wants to know.
 */
@RestController
class HealthOfService {

    private static final String ROOT = "/actuator/health";

    private final HealthEndpointWebExtension health;

    HealthOfService(HealthEndpointWebExtension health) {
        this.health = health;
    }

    @GetMapping({ROOT, ROOT + "/{*path}"})
    ResponseEntity<HealthComponent> health(HttpServletRequest request) {
        String[] path = Arrays.stream(request.getRequestURI()
                        .substring(request.getContextPath().length() + ROOT.length())
                        .split("/", -1))
                .filter(part -> !part.isEmpty())
                .toArray(String[]::new);
        WebEndpointResponse<HealthComponent> answer =
                health.health(ApiVersion.LATEST, WebServerNamespace.SERVER, SecurityContext.NONE, false, path);
        return ResponseEntity.status(answer.getStatus()).body(answer.getBody());
    }
}
