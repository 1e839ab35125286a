package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.meshspan.engine.identity.LoginProperties;
import io.meshspan.engine.identity.LoginProperties.LocalUsers;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Whose password opens anything, beside single sign-on. */
class LocalUsersTest {

    private final ProcessEngine engine = mock(ProcessEngine.class, RETURNS_DEEP_STUBS);

    private Authentication signIn(LocalUsers allowed, String group) {
        User user = mock(User.class);
        when(user.getId()).thenReturn("ada");
        Group member = mock(Group.class);
        when(member.getId()).thenReturn(group);
        when(engine.getName()).thenReturn("default");
        when(engine.getIdentityService().checkPassword("ada", "right")).thenReturn(true);
        when(engine.getIdentityService().createUserQuery().userId("ada").singleResult())
                .thenReturn(user);
        when(engine.getIdentityService().createGroupQuery().groupMember("ada").list())
                .thenReturn(List.of(member));
        when(engine.getAuthorizationService().isUserAuthorized(anyString(), anyList(), any(), any(), anyString()))
                .thenReturn(true);
        LoginProperties login = new LoginProperties(allowed, null, Duration.ofMinutes(5), Duration.ofHours(12), null);
        return new EngineUsers(engine, new SignInThrottle(), login)
                .authenticate(UsernamePasswordAuthenticationToken.unauthenticated("ada", "right"));
    }

    @Test
    void shouldLetEverybodyInByDefault() {
        assertThat(signIn(LocalUsers.EVERYBODY, "operators").getName()).isEqualTo("ada");
    }

    @Test
    void shouldLeaveAWayInForAdministrators() {
        assertThat(signIn(LocalUsers.ADMINISTRATORS, "camunda-admin").getName()).isEqualTo("ada");
        assertThatThrownBy(() -> signIn(LocalUsers.ADMINISTRATORS, "operators"))
                .isInstanceOf(DisabledException.class)
                .hasMessageContaining("sign in with your identity provider");
    }

    @Test
    void shouldNotEvenCompareAPasswordThatOpensNothing() {
        assertThatThrownBy(() -> signIn(LocalUsers.NOBODY, "camunda-admin")).isInstanceOf(DisabledException.class);
        verify(engine.getIdentityService(), never()).checkPassword(anyString(), anyString());
    }
}
