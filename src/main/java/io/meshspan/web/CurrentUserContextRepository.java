package io.meshspan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.util.function.SingletonSupplier;

/**
 * A session stores who the user is, not what they may do: each request asks the engine for that when needed. The session
 * ends if the user no longer exists or has a new password.
 */
final class CurrentUserContextRepository extends HttpSessionSecurityContextRepository {

    private final EngineUsers users;

    CurrentUserContextRepository(EngineUsers users) {
        this.users = users;
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
        Optional<EngineUser> user = users.find(known.getName()).filter(found -> samePassword(known, found));
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
