package io.meshspan.web;

import io.meshspan.web.oidc.OidcSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.util.function.SingletonSupplier;

/**
 * A session says who somebody is, never what they may: that is asked of the engine at each request that wants to know. The
 * session of whoever is no user any more, has another password since, or is signed out at their identity provider, ends.
 */
final class CurrentUserContextRepository extends HttpSessionSecurityContextRepository {

    private final EngineUsers users;
    private final OidcSessions signOns;

    CurrentUserContextRepository(EngineUsers users, OidcSessions signOns) {
        this.users = users;
        this.signOns = signOns;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        DeferredSecurityContext stored = super.loadDeferredContext(request);
        Supplier<SecurityContext> current = SingletonSupplier.of(() -> current(request, stored.get()));
        return new DeferredSecurityContext() {
            @Override
            public SecurityContext get() {
                return current.get();
            }

            @Override
            public boolean isGenerated() {
                return stored.isGenerated();
            }
        };
    }

    private SecurityContext current(HttpServletRequest request, SecurityContext stored) {
        Authentication known = stored.getAuthentication();
        if (known == null) {
            return stored;
        }
        Optional<EngineUser> user = known instanceof OAuth2AuthenticationToken
                ? Optional.ofNullable(request.getSession(false))
                        .flatMap(signOns::current)
                        .map(users::of)
                : users.find(known.getName()).filter(found -> samePassword(known, found));
        if (user.isPresent()) {
            return new SecurityContextImpl(user.get().authentication());
        }
        Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
        return SecurityContextHolder.createEmptyContext();
    }

    private static boolean samePassword(Authentication known, EngineUser found) {
        return !(known.getPrincipal() instanceof EngineUser before)
                || before.passwordVersion() == found.passwordVersion();
    }
}
