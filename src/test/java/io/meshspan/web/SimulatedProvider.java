package io.meshspan.web;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.OAuth2Exception;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/** Two identity providers, {@code corp} and {@code partner}, on one real OpenID Connect server. */
public final class SimulatedProvider implements AutoCloseable {

    public static final String CLIENT = "meshspan";
    static final String AUDIENCE = "https://mesh.example.org/api";

    private final Person corp = new Person("corp");
    private final Person partner = new Person("partner");
    private final MockOAuth2Server server;

    /** @param asks whether it asks people for their name, by a page; else everybody is the person of the test */
    public SimulatedProvider(boolean asks) throws IOException {
        server = new MockOAuth2Server(new OAuth2Config(
                asks, null, null, true, new OAuth2TokenProvider(), Set.of(corp, partner), new MockWebServerWrapper()));
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    /** Whoever is signed in at one of the providers. */
    public static final class Person implements OAuth2TokenCallback {

        private final String issuer;
        private volatile String subject = "nobody";
        private volatile Map<String, Object> claims = Map.of();
        private volatile boolean withdrawn;
        private volatile Set<String> notInIdTokens = Set.of();
        private volatile boolean accessToken;

        private Person(String issuer) {
            this.issuer = issuer;
        }

        public Person is(String subject, String name, Object groups) {
            this.subject = subject;
            this.claims = Map.of("name", name, "groups", groups);
            this.withdrawn = false;
            this.notInIdTokens = Set.of();
            return this;
        }

        /** Only the userinfo endpoint tells these claims, which answers with those of the access token. */
        Person onlyByUserInfo(String... claims) {
            notInIdTokens = Set.of(claims);
            return this;
        }

        Person with(String claim, Object value) {
            Map<String, Object> more = new HashMap<>(claims);
            more.put(claim, value);
            claims = more;
            return this;
        }

        public void withdraw() {
            withdrawn = true;
        }

        @Override
        public String issuerId() {
            return issuer;
        }

        @Override
        public String subject(TokenRequest request) {
            return subject;
        }

        @Override
        public String typeHeader(TokenRequest request) {
            return "JWT";
        }

        @Override
        public List<String> audience(TokenRequest request) {
            // The server asks for the audience of access tokens only, just before their claims.
            accessToken = true;
            return List.of(AUDIENCE);
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            if (withdrawn && request.getAuthorizationGrant().getType().equals(GrantType.REFRESH_TOKEN)) {
                throw new OAuth2Exception(OAuth2Error.INVALID_GRANT, "signed out");
            }
            Map<String, Object> told = new HashMap<>(claims);
            if (!accessToken) {
                told.keySet().removeAll(notInIdTokens);
            }
            accessToken = false;
            return told;
        }

        @Override
        public long tokenExpiry() {
            return 3600;
        }
    }

    public Person corp() {
        return corp;
    }

    Person partner() {
        return partner;
    }

    public String issuer(String name) {
        return server.issuerUrl(name).toString();
    }

    /** As the provider signs it. */
    String token(String issuer, String subject, List<String> audience, Map<String, Object> claims, long validSeconds) {
        return server.issueToken(
                        issuer,
                        CLIENT,
                        new DefaultOAuth2TokenCallback(issuer, subject, "JWT", audience, claims, validSeconds))
                .serialize();
    }

    static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
