package io.meshspan.web.oidc;

import io.meshspan.engine.identity.ExternalPerson;
import io.meshspan.engine.identity.LoginProperties;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.util.StringUtils;

/** Creates a person from an ID token. If the token has no groups or no email, it asks the provider's userinfo endpoint. */
final class OidcUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private static final Logger LOG = LoggerFactory.getLogger(OidcUsers.class);

    /** Authenticated, but none of their groups has a role here. */
    static final String NO_ROLE = "no_role";

    private static final String SUBJECT = "sub";

    private final IdentityProviders providers;
    private final DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();

    OidcUsers(IdentityProviders providers) {
        this.providers = providers;
        userInfo.setRestOperations(providers.calls());
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        String name = request.getClientRegistration().getRegistrationId();
        LoginProperties.Provider provider = providers.provider(name).orElseThrow();
        Map<String, Object> claims =
                claims(request.getClientRegistration(), request.getAccessToken(), request.getIdToken());
        ExternalPerson person;
        try {
            person = TokenClaims.person(provider, claims);
        } catch (IllegalArgumentException e) {
            throw new OAuth2AuthenticationException(new OAuth2Error("invalid_claims"), e);
        }
        if (person.groups().isEmpty()) {
            LOG.info("Not signed in: {}", TokenClaims.whyNoRole(provider, claims));
            throw new OAuth2AuthenticationException(NO_ROLE);
        }
        return new OidcPerson(name, person, request.getIdToken());
    }

    /** The claims of the userinfo endpoint and of the token; those of the token identify the person. */
    Map<String, Object> claims(ClientRegistration registration, OAuth2AccessToken access, OidcIdToken token) {
        LoginProperties.Provider provider =
                providers.provider(registration.getRegistrationId()).orElseThrow();
        String address = registration.getProviderDetails().getUserInfoEndpoint().getUri();
        boolean groups = TokenClaims.tellGroups(provider, token.getClaims());
        if ((groups && TokenClaims.tellEmail(token.getClaims())) || !StringUtils.hasText(address)) {
            return token.getClaims();
        }
        Map<String, Object> told;
        try {
            told = userInfo.loadUser(new OAuth2UserRequest(registration, access))
                    .getAttributes();
        } catch (OAuth2AuthenticationException silent) {
            if (groups) {
                LOG.debug("The userinfo endpoint of {} gives no email", registration.getRegistrationId());
                return token.getClaims();
            }
            throw silent;
        }
        if (!token.getSubject().equals(told.get(SUBJECT))) {
            throw new OAuth2AuthenticationException(new OAuth2Error("invalid_user_info_response"));
        }
        Map<String, Object> both = new HashMap<>(told);
        both.putAll(token.getClaims());
        return both;
    }
}
