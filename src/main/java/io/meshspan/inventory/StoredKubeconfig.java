package io.meshspan.inventory;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig that is stored in an object of a cluster. It contains credentials and is never shown.
 *
 * @param where the object
 * @param yaml the kubeconfig
 * @param refused why it cannot be used, in words for a finding
 */
public record StoredKubeconfig(String where, String yaml, Optional<String> refused) implements KubeconfigSource {

    /**
     * A kubeconfig that somebody else wrote. It must not refer to anything on this machine, by aliases and merge keys neither,
     * so what is checked is what will be read.
     */
    public static StoredKubeconfig ofOthers(String where, String yaml) {
        return new StoredKubeconfig(
                where,
                yaml,
                ofThisMachine(yaml).map(field -> field + ", which would use a file or a command of this machine"));
    }

    private static Optional<String> ofThisMachine(String yaml) {
        try {
            Config config = KubeconfigYaml.parse(yaml, "it");
            return Stream.concat(
                            given(config.getUsers()).flatMap(StoredKubeconfig::ofUser),
                            given(config.getClusters())
                                    .flatMap(named -> Stream.ofNullable(named.getCluster()))
                                    .flatMap(cluster -> Stream.ofNullable(cluster.getCertificateAuthority()))
                                    .map(file -> "certificate-authority"))
                    .findFirst();
        } catch (UnusableKubeconfig e) {
            return Optional.empty(); // reading it says so
        }
    }

    private static Stream<String> ofUser(NamedAuthInfo named) {
        AuthInfo user = Optional.ofNullable(named.getUser()).orElseGet(AuthInfo::new);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("exec", user.getExec());
        fields.put("auth-provider", user.getAuthProvider());
        fields.put("tokenFile", user.getTokenFile());
        fields.put("client-certificate", user.getClientCertificate());
        fields.put("client-key", user.getClientKey());
        return fields.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(Map.Entry::getKey);
    }

    private static <T> Stream<T> given(@Nullable List<T> list) {
        return Stream.ofNullable(list).flatMap(List::stream).filter(Objects::nonNull);
    }

    @Override
    public MergedKubeconfig read() {
        if (refused.isPresent()) {
            throw new UnusableKubeconfig("%s has %s.".formatted(where, refused.get()));
        }
        return MergedKubeconfig.merge(List.of(
                new MergedKubeconfig.Part(KubeconfigYaml.parse(yaml, "The kubeconfig in " + where), Path.of("/"))));
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public String toString() {
        return where;
    }
}
