package io.meshspan.login;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthProviderConfig;
import io.meshspan.inventory.ContextLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that this service needs to reach one API server and log in, made from a context of a kubeconfig.
 *
 * @param server the API server's address
 * @param serverName the name that its certificate must have, if it differs from the host
 * @param trust which certificate it must present
 * @param proxy the proxy on the way to the server
 * @param credentials the source of the credential that is sent to it
 * @param headers further headers of each call, for impersonation
 */
public record ClusterLogin(
        URI server,
        Optional<String> serverName,
        ServerTrust trust,
        Optional<ProxyRoute> proxy,
        CredentialSource credentials,
        List<Map.Entry<String, String>> headers) {

    public ClusterLogin {
        headers = List.copyOf(headers);
    }

    /**
     * Starts no plugin and makes no calls.
     *
     * @param pluginWithin how long an exec plugin may take
     * @throws LoginFailed if what the kubeconfig names cannot be loaded
     */
    public static ClusterLogin of(ContextLogin login, Duration pluginWithin) {
        try {
            return new ClusterLogin(
                    login.server().orElseThrow(() -> unusable("the URL of an API server as server")),
                    login.tlsServerName(),
                    ServerTrust.of(login),
                    ProxyRoute.of(login),
                    credentials(login, pluginWithin),
                    headers(login.user()));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("certificates and keys that can be loaded");
        }
    }

    private static LoginFailed unusable(String expected) {
        return new LoginFailed(
                "context in the kubeconfig",
                expected,
                "some that cannot",
                "Try it with kubectl as the user that runs Meshspan, correct it, then try again.");
    }

    private static CredentialSource credentials(ContextLogin login, Duration pluginWithin)
            throws IOException, GeneralSecurityException {
        AuthInfo user = login.user();
        Optional<ClientIdentity> identity = identity(login);
        return switch (login.method()) {
            case TOKEN ->
                login.tokenFile()
                        .<CredentialSource>map(file -> new TokenFile(
                                file,
                                Optional.ofNullable(user.getToken()).filter(token -> !token.isEmpty()),
                                token -> with(identity, token)))
                        .orElseGet(() -> fixed(
                                with(identity, Credential.bearer(String.valueOf(user.getToken()), Optional.empty()))));
            case PASSWORD -> fixed(new Credential(Optional.of(basic(user)), identity, Optional.empty()));
            case PLUGIN ->
                new RenewedCredential(new ExecPlugin(login, user.getExec(), pluginWithin)::run, Clock.systemUTC());
            case CLIENT_CERTIFICATE, AUTH_PROVIDER, NONE ->
                oidc(user)
                        .<CredentialSource>map(config -> {
                            OidcTokens tokens = new OidcTokens(login, config, Clock.systemUTC());
                            return new RenewedCredential(() -> with(identity, tokens.next()), Clock.systemUTC());
                        })
                        .orElseGet(() -> fixed(new Credential(Optional.empty(), identity, Optional.empty())));
        };
    }

    private static Optional<Map<String, String>> oidc(AuthInfo user) {
        return Optional.ofNullable(user.getAuthProvider())
                .filter(provider -> "oidc".equals(provider.getName()))
                .map(AuthProviderConfig::getConfig);
    }

    private static Optional<ClientIdentity> identity(ContextLogin login) throws IOException, GeneralSecurityException {
        Optional<byte[]> certificate = login.certificate();
        Optional<byte[]> key = login.key();
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(ClientIdentity.of(certificate.get(), key.get()))
                : Optional.empty();
    }

    private static Credential with(Optional<ClientIdentity> identity, Credential token) {
        return new Credential(token.authorization(), identity, token.expires());
    }

    private static String basic(AuthInfo user) {
        String pair = user.getUsername() + ":"
                + Optional.ofNullable(user.getPassword()).orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static CredentialSource fixed(Credential credential) {
        return new CredentialSource() {
            @Override
            public Credential current() {
                return credential;
            }

            @Override
            public boolean renew(Credential refused) {
                return false;
            }
        };
    }

    /**
     * The impersonation headers of
     * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation.
     */
    static List<Map.Entry<String, String>> headers(AuthInfo user) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        String name = user.getAs();
        if (name == null || name.isEmpty()) {
            return headers;
        }
        headers.add(Map.entry("Impersonate-User", name));
        Optional.ofNullable(user.getAsUid())
                .filter(uid -> !uid.isEmpty())
                .ifPresent(uid -> headers.add(Map.entry("Impersonate-Uid", uid)));
        Optional.ofNullable(user.getAsGroups())
                .orElseGet(List::of)
                .forEach(group -> headers.add(Map.entry("Impersonate-Group", group)));
        Optional.ofNullable(user.getAsUserExtra())
                .orElseGet(Map::of)
                .forEach((key, values) ->
                        values.forEach(value -> headers.add(Map.entry("Impersonate-Extra-" + escaped(key), value))));
        return headers;
    }

    /** Percent-encodes the characters that a header's name cannot contain, as client-go does. */
    private static String escaped(String key) {
        StringBuilder name = new StringBuilder();
        for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean plain =
                    letter < 0x80 && (Character.isLetterOrDigit(letter) || "!#$&'*+-.^_`|~".indexOf(letter) >= 0);
            name.append(plain ? String.valueOf(letter) : "%%%02X".formatted(octet & 0xff));
        }
        return name.toString();
    }

    @Override
    public String toString() {
        return "login to " + server.getHost();
    }
}
