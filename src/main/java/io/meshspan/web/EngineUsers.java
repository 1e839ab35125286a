package io.meshspan.web;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Users are the engine's: asks it for their passwords, groups and rights, and caches none of them. */
@Component
class EngineUsers implements AuthenticationProvider {

    private final ProcessEngine engine;
    private final SignInThrottle throttle;

    EngineUsers(ProcessEngine engine, SignInThrottle throttle) {
        this.engine = engine;
        this.throttle = throttle;
    }

    /** Empty if the user does not exist, or not any more. */
    Optional<EngineUser> find(String id) {
        return Optional.ofNullable(identity().createUserQuery().userId(id).singleResult())
                .flatMap(this::withRights);
    }

    private Optional<EngineUser> withRights(User user) {
        return Optional.ofNullable(AuthenticationUtil.createAuthentication(engine, user.getId()))
                .map(rights -> engineUser(user, rights));
    }

    private static EngineUser engineUser(User user, UserAuthentication rights) {
        return new EngineUser(
                user.getId(),
                Objects.requireNonNullElse(rights.getGroupIds(), List.of()),
                Objects.requireNonNullElse(rights.getTenantIds(), List.of()),
                rights.getAuthorizedApps(),
                Objects.hashCode(user.getPassword()));
    }

    /** Checks user and password, from the login page and from pipelines. */
    @Override
    public Authentication authenticate(Authentication asked) {
        String id = asked.getName();
        String password = Objects.toString(asked.getCredentials(), "");
        return throttle.attempt(address(asked), id, () -> withPassword(id, password))
                .map(EngineUser::authentication)
                .orElseThrow(() -> new BadCredentialsException("There is no such user with this password"));
    }

    private Optional<EngineUser> withPassword(String id, String password) {
        return identity().checkPassword(id, password) ? find(id) : Optional.empty();
    }

    private static String address(Authentication asked) {
        return asked.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
    }

    private IdentityService identity() {
        return engine.getIdentityService();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
