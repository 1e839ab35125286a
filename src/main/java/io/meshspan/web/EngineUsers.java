package io.meshspan.web;

import io.meshspan.engine.identity.ExternalPerson;
import io.meshspan.engine.identity.LoginProperties;
import io.meshspan.engine.identity.LoginProperties.LocalUsers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Users are the engine's: asks it for their passwords, groups and rights, and caches none of them. */
@Component
class EngineUsers implements AuthenticationProvider {

    private static final String NO_PASSWORDS = "Passwords are closed here: sign in with your identity provider";

    private final ProcessEngine engine;
    private final SignInThrottle throttle;
    private final LocalUsers localUsers;

    EngineUsers(ProcessEngine engine, SignInThrottle throttle, LoginProperties settings) {
        this.localUsers = settings.localUsers();
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
                .map(rights -> engineUser(user.getId(), rights, Objects.hashCode(user.getPassword())));
    }

    /** Whom an identity provider names: with the groups of the token in hand, and no others. */
    EngineUser of(ExternalPerson person) {
        UserAuthentication rights =
                AuthenticationUtil.createAuthentication(engine, person.id(), person.groups(), List.of());
        return engineUser(person.name(), rights, 0);
    }

    private static EngineUser engineUser(String name, UserAuthentication rights, int passwordVersion) {
        return new EngineUser(
                rights.getIdentityId(),
                name,
                Objects.requireNonNullElse(rights.getGroupIds(), List.of()),
                Objects.requireNonNullElse(rights.getTenantIds(), List.of()),
                rights.getAuthorizedApps(),
                passwordVersion);
    }

    /** Checks user and password, from the login page and from pipelines. */
    @Override
    public Authentication authenticate(Authentication asked) {
        if (localUsers == LocalUsers.NOBODY) {
            throw new DisabledException(NO_PASSWORDS);
        }
        String id = asked.getName();
        String password = Objects.toString(asked.getCredentials(), "");
        return throttle.attempt(address(asked), id, () -> withPassword(id, password))
                .map(this::allowed)
                .map(EngineUser::authentication)
                .orElseThrow(() -> new BadCredentialsException("There is no such user with this password"));
    }

    /** No user has a control character in the id, and some databases fail on a query with one. */
    private Optional<EngineUser> withPassword(String id, String password) {
        return !RequestText.hasControl(id) && identity().checkPassword(id, password) ? find(id) : Optional.empty();
    }

    private EngineUser allowed(EngineUser user) {
        if (localUsers == LocalUsers.ADMINISTRATORS && !user.groups().contains(Groups.CAMUNDA_ADMIN)) {
            throw new DisabledException(NO_PASSWORDS);
        }
        return user;
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
