package io.meshspan.web.oidc;

import io.meshspan.engine.identity.LoginProperties;
import io.meshspan.engine.identity.Password;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The identity providers of the settings. A provider's metadata is read at its first use, not when the service starts:
 * a provider that is down only affects its own people.
 */
@Component
public class IdentityProviders implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {

    /** Asymmetric algorithms only: with a shared secret, each client of the provider could create tokens. */
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.values());

    private static final String REDIRECT = "/login/oauth2/code/{registrationId}";

    private final LoginProperties settings;
    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();
    private final Map<String, JwtDecoder> idTokens = new ConcurrentHashMap<>();
    private final ClientHttpRequestFactory requests = ClientHttpRequestFactoryBuilder.jdk()
            .build(ClientHttpRequestFactorySettings.defaults()
                    .withConnectTimeout(Duration.ofSeconds(3))
                    .withReadTimeout(Duration.ofSeconds(5))
                    .withRedirects(ClientHttpRequestFactorySettings.Redirects.DONT_FOLLOW));

    IdentityProviders(LoginProperties settings) {
        this.settings = settings;
    }

    /** The provider does not answer, or its answer is not its metadata. */
    public static final class Unreachable extends AuthenticationException {

        Unreachable(String provider, String issuer, @Nullable Throwable cause) {
            super(
                    "Identity provider %s: expected its metadata at %s/.well-known/openid-configuration, found %s"
                            .formatted(
                                    provider,
                                    issuer,
                                    cause == null
                                            ? "metadata of another issuer"
                                            : cause.getClass().getSimpleName()),
                    cause);
        }
    }

    public boolean isEmpty() {
        return settings.all().isEmpty();
    }

    LoginProperties settings() {
        return settings;
    }

    Optional<LoginProperties.Provider> provider(String name) {
        return Optional.ofNullable(settings.all().get(name));
    }

    Optional<String> nameOfIssuer(String issuer) {
        return settings.all().entrySet().stream()
                .filter(provider -> provider.getValue().issuer().toString().equals(issuer))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    String displayName(String name) {
        return provider(name)
                .map(provider -> Objects.requireNonNullElse(provider.displayName(), name))
                .orElse(name);
    }

    /** A call to a provider delays a request by a few seconds at most. */
    RestClient tokenCalls() {
        return RestClient.builder()
                .requestFactory(requests)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    RestTemplate calls() {
        return new RestTemplate(requests);
    }

    /** The checks of an ID token. */
    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        return idTokens.computeIfAbsent(
                registration.getRegistrationId(),
                name -> decoder(
                        registration,
                        true,
                        new DelegatingOAuth2TokenValidator<>(
                                new JwtTimestampValidator(), new OidcIdTokenValidator(registration))));
    }

    JwtDecoder decoder(ClientRegistration registration, boolean typed, OAuth2TokenValidator<Jwt> validator) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        registration.getProviderDetails().getJwkSetUri())
                .jwsAlgorithms(accepted -> accepted.addAll(ALGORITHMS))
                .validateType(typed)
                .restOperations(calls())
                .build();
        decoder.setJwtValidator(validator);
        return decoder;
    }

    /** @throws Unreachable if its metadata is not known yet and cannot be read */
    @Override
    @SuppressWarnings("NullAway") // the interface is not marked; null says that there is none
    public @Nullable ClientRegistration findByRegistrationId(String name) {
        return provider(name).map(provider -> registration(name, provider)).orElse(null);
    }

    ClientRegistration registration(String name, LoginProperties.Provider provider) {
        ClientRegistration present = known.get(name);
        if (present != null) {
            return present;
        }
        ClientRegistration read = read(name, provider);
        known.put(name, read);
        return read;
    }

    private ClientRegistration read(String name, LoginProperties.Provider provider) {
        String issuer = provider.issuer().toString();
        Map<String, Object> metadata;
        try {
            metadata = RestClient.create(calls())
                    .get()
                    .uri(URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration"))
                    .retrieve()
                    .body(new ParameterizedTypeReference<>() {});
        } catch (RestClientException e) {
            throw new Unreachable(name, issuer, e);
        }
        if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
            throw new Unreachable(name, issuer, null);
        }
        return ClientRegistrations.fromOidcConfiguration(metadata)
                .registrationId(name)
                .clientId(provider.clientId())
                .clientSecret(Optional.ofNullable(provider.clientSecret())
                        .map(Password::value)
                        .orElse(""))
                .clientAuthenticationMethod(authentication(provider, metadata))
                .clientName(displayName(name))
                .scope(scopes(provider))
                .redirectUri(baseUrl() + REDIRECT)
                .build();
    }

    private static ClientAuthenticationMethod authentication(
            LoginProperties.Provider provider, Map<String, Object> metadata) {
        if (provider.clientSecret() == null) {
            return ClientAuthenticationMethod.NONE;
        }
        boolean basic = !(metadata.get("token_endpoint_auth_methods_supported") instanceof List<?> methods)
                || methods.contains("client_secret_basic");
        return basic ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.CLIENT_SECRET_POST;
    }

    private static Set<String> scopes(LoginProperties.Provider provider) {
        Set<String> scopes = new LinkedHashSet<>();
        Stream.concat(Stream.of("openid"), provider.scopes().stream()).forEach(scopes::add);
        return scopes;
    }

    /** Without this setting, Spring uses values of the request. */
    String baseUrl() {
        return Optional.ofNullable(settings.baseUrl())
                .map(url -> url.toString().replaceAll("/+$", ""))
                .orElse("{baseUrl}");
    }
}
