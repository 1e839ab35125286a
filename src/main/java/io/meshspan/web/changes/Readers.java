package io.meshspan.web.changes;

import io.meshspan.web.WebSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Who asks: by password in REST, by session in the browser. */
@Component
class Readers {

    private final IdentityService identity;
    private final WebSession session;

    Readers(IdentityService identity, WebSession session) {
        this.identity = identity;
        this.session = session;
    }

    Optional<Reader> reader(HttpServletRequest request) {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(Readers::byPassword)
                .or(() -> session.user(request).map(user -> new Reader(user.getIdentityId(), user.getGroupIds())));
    }

    private static Reader byPassword(Authentication authentication) {
        return new Reader(
                authentication.getUserId(),
                Objects.requireNonNullElse(authentication.getGroupIds(), java.util.List.<String>of()));
    }
}
