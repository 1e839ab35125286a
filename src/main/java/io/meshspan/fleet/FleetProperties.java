package io.meshspan.fleet;

import io.meshspan.mesh.ClusterName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Clusters that objects of a managing cluster name.
 *
 * @param cluster The managing cluster, by its name in the inventory; if absent, there is none.
 * @param from The kinds of objects to read there: argo-cd, cluster-api, cluster-profile.
 * @param every How often to read the objects.
 * @param commands The commands that exec plugins named by Secrets may run here; no others are run.
 * @param credentialProviders The exec plugins of the ClusterProfile API, by the name of the credential provider.
 */
@Validated
@ConfigurationProperties("meshspan.fleet")
record FleetProperties(
        @Nullable ClusterName cluster,
        @Nullable Set<Kind> from,

        @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration every,

        @Nullable Set<String> commands,
        @Nullable Map<String, @Valid Provider> credentialProviders) {

    /** The kind of objects that name clusters. */
    enum Kind {
        ARGO_CD,
        CLUSTER_API,
        CLUSTER_PROFILE
    }

    /**
     * An exec plugin.
     *
     * @param command The command, found in PATH or by an absolute path.
     * @param args Its arguments.
     * @param env Its environment variables.
     */
    record Provider(
            @NotBlank String command,
            @Nullable List<String> args,
            @Nullable Map<String, String> env) {

        List<String> arguments() {
            return args == null ? List.of() : args;
        }

        Map<String, String> environment() {
            return env == null ? Map.of() : env;
        }
    }

    Set<Kind> kinds() {
        return from == null ? Set.of() : from;
    }

    boolean allows(String command) {
        return commands != null && commands.contains(command);
    }

    Optional<Provider> provider(String name) {
        return Optional.ofNullable(credentialProviders).map(all -> all.get(name));
    }
}
