package io.meshspan.declared;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.remotesecret.RemoteCredential;
import io.meshspan.remotesecret.TokenLifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A credential in a remote secret that others made, and Meshspan would not make: an adoption leaves it as it is. */
final class AdoptedCredential {

    private AdoptedCredential() {}

    static Optional<Finding> check(ClusterName reader, String target, RemoteCredential credential, Instant now) {
        String what = "credential in the remote secret for " + target;
        String expected = "a token that does not end, or that Meshspan renews";
        if (credential.ended(now)) {
            return Optional.of(
                    Finding.blocking(
                            reader.value(),
                            what,
                            "one that has not ended",
                            credential.words(),
                            "Replace it first, for example by istioctl create-remote-secret: the control plane cannot read that cluster."));
        }
        String advice = switch (credential.kind()) {
            case TOKEN ->
                "Whoever renews it has to go on until it is replaced: after this change, start rotate-remote-tokens with tokenExpiration%s, and Meshspan renews it; or without, for tokens that do not end."
                        .formatted(credential
                                .lifetime()
                                .map(AdoptedCredential::expiration)
                                .orElse(""));
            case CERTIFICATE ->
                "It stays as it is, and Meshspan does not watch its end. Start rotate-remote-tokens after this change, to have a token instead.";
            case OTHER ->
                "It stays as it is, and Meshspan does not know when it ends. Start rotate-remote-tokens after this change, to have a token instead.";
            case NONE -> "Look at the Secret: a control plane without a credential cannot read that cluster.";
        };
        boolean lasting = credential.kind() == RemoteCredential.Kind.TOKEN
                && credential.lifetime().isEmpty();
        return lasting
                ? Optional.empty()
                : Optional.of(Finding.warning(reader.value(), what, expected, credential.words(), advice));
    }

    /** The time for which tokens were issued, as a request may say it: whole hours if it is longer than one. */
    private static String expiration(TokenLifetime found) {
        Duration given = found.duration().plusSeconds(30);
        Duration asked = given.toHours() > 0
                ? Duration.ofHours(given.toHours())
                : Duration.ofMinutes(Math.max(10, given.toMinutes()));
        return asked.compareTo(Duration.ofDays(365)) > 0 ? "" : " " + new TokenExpiration(asked);
    }
}
