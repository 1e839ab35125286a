package io.meshspan.web;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A logged-in user of the engine, with their groups and rights at this request.
 *
 * @param name what others call them: the id of a user with a password, else what the identity provider says
 * @param applications Camunda's web applications that are open to them, for example {@code tasklist}
 * @param passwordVersion another one after each change of the password
 */
public record EngineUser(
        String id,
        String name,
        List<String> groups,
        List<String> tenants,
        Set<String> applications,
        int passwordVersion)
        implements AuthenticatedPrincipal, Serializable {

    private static final String AUTHORITY = "APP_";

    public EngineUser {
        groups = List.copyOf(groups);
        tenants = List.copyOf(tenants);
        applications = Set.copyOf(applications);
    }

    /** The user of the current thread's request; empty if nobody is logged in. */
    public static Optional<EngineUser> current() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof EngineUser user ? Optional.of(user) : Optional.empty();
    }

    /** The authority that allows a user to open the application. */
    static String authorityOf(String application) {
        return AUTHORITY + application.toUpperCase(Locale.ROOT);
    }

    public boolean mayOpen(String application) {
        return applications.contains(application);
    }

    Authentication authentication() {
        List<GrantedAuthority> authorities = applications.stream()
                .<GrantedAuthority>map(application -> new SimpleGrantedAuthority(authorityOf(application)))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(this, null, authorities);
    }

    /** In the form that Camunda's web applications need. */
    UserAuthentication forWebApplications(String engine) {
        UserAuthentication known = new UserAuthentication(id, engine);
        known.setGroupIds(groups);
        known.setTenantIds(tenants);
        known.setAuthorizedApps(applications);
        return known;
    }

    @Override
    public String getName() {
        return id;
    }
}
