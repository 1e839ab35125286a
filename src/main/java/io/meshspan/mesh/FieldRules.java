package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules for the fields of the whole mesh. */
final class FieldRules {

    /**
     * Istio's other name for no revision. If it were used as a revision, Istio's objects would not have the expected names.
     */
    private static final String NO_REVISION = "default";

    private FieldRules() {}

    static List<Finding> findings(RequestedFields fields, AcceptedReleases releases) {
        return Stream.of(
                        meshId(fields.meshId()),
                        version(fields.version(), releases),
                        hub(fields.hub()),
                        tag(fields.tag()),
                        revision(fields.revision()),
                        tokenExpiration(fields.tokenExpiration()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> meshId(RequestField id) {
        return unless(
                !id.readable() || MeshId.matches(id.text()),
                id,
                "meshId",
                MeshId.IN_WORDS,
                "Use a name such as mesh1.");
    }

    private static Optional<Finding> version(RequestField version, AcceptedReleases releases) {
        return unless(
                !version.readable() || releases.accept(version.text()),
                version,
                "istioVersion",
                releases.inWords(),
                releases.advice(version.text()));
    }

    private static Optional<Finding> hub(RequestField hub) {
        return unless(
                !hub.isPresent() || ImageSource.isHub(hub.text()),
                hub,
                "hub",
                "a registry and path",
                "Use a form such as registry.example.org/istio.");
    }

    private static Optional<Finding> tag(RequestField tag) {
        return unless(
                !tag.isPresent() || ImageSource.isTag(tag.text()),
                tag,
                "tag",
                "an image tag",
                "Use a form such as 1.30.3-distroless.");
    }

    private static Optional<Finding> revision(RequestField revision) {
        return unless(
                !revision.isPresent() || isRevision(revision.text()),
                revision,
                "revision",
                "a DNS-1123 label other than default",
                "Use a name such as 1-30-3, or leave it out.");
    }

    private static Optional<Finding> tokenExpiration(RequestField expiration) {
        return unless(
                !expiration.isPresent() || TokenExpiration.matches(expiration.text()),
                expiration,
                "tokenExpiration",
                TokenExpiration.IN_WORDS,
                "Use a form such as 720h. Leave it out, or say never, for tokens that never expire.");
    }

    private static boolean isRevision(String text) {
        return DnsLabel.matches(text) && !text.equals(NO_REVISION);
    }

    private static Optional<Finding> unless(
            boolean holds, RequestField requestField, String field, String expected, String advice) {
        return holds
                ? Optional.empty()
                : Optional.of(Finding.blocking(requestField.where(), field, expected, requestField.quoted(), advice));
    }
}
