package io.meshspan.manifest;

import io.meshspan.mesh.AcceptedReleases;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which releases of Istio people may ask for.
 *
 * @param versions What the start form offers, the first one preselected; the newest patch of each minor that the source of
 *     the charts has, if absent.
 * @param allowNewer Whether a minor is accepted that is newer than those that Meshspan knows; it is treated like the newest
 *     of them, and the preflight warns.
 */
@ConfigurationProperties("meshspan.istio")
record ReleaseProperties(
        @DefaultValue List<String> versions,
        @DefaultValue("false") boolean allowNewer) {

    ReleaseProperties {
        AcceptedReleases accepted = accepted(allowNewer);
        List<String> others =
                versions.stream().filter(version -> !accepted.accept(version)).toList();
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s; not %s. %s".formatted(accepted.inWords(), others, accepted.advice(others.get(0))));
        }
        versions = List.copyOf(versions);
    }

    AcceptedReleases accepted() {
        return accepted(allowNewer);
    }

    private static AcceptedReleases accepted(boolean allowNewer) {
        return allowNewer ? AcceptedReleases.AND_NEWER : AcceptedReleases.KNOWN;
    }
}
