package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The CA that signs the workloads' certificates of a cluster in istiod's place. It is istio-csr, another server of Istio's
 * CA interface at {@code global.caAddress}, or Kubernetes' own signer ({@code EXTERNAL_CA}). Such a cluster does not use
 * {@code cacerts}.
 *
 * @param wanted whether the values of the mesh ask for it
 * @param address where it is; empty if that is not known
 * @param istiodSigns whether istiod would still be a CA
 */
record ExternalCa(boolean wanted, String address, boolean istiodSigns) {

    private static final String CA_SERVER = "ENABLE_CA_SERVER";
    private static final String RA = "EXTERNAL_CA";
    private static final String VALUES = "values of istiod";

    /** NAME.NAMESPACE.svc, with or without the cluster's domain and a port. */
    private static final Pattern IN_CLUSTER = Pattern.compile("([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc([.:].*)?");

    private static final Pattern ISTIOD = Pattern.compile("istiod(-[a-z0-9-]+)?\\.istio-system(\\.svc)?([.:].*)?");

    /** As the values or the istiod in the cluster name it. */
    static Optional<ExternalCa> of(HelmValues istiod, List<Deployment> running) {
        String address = istiod.text("global", "caAddress")
                .filter(text -> !text.isBlank() && !ISTIOD.matcher(text).matches())
                .orElse("");
        boolean off = env(istiod, CA_SERVER).filter(ExternalCa::isFalse).isPresent();
        boolean ra = env(istiod, RA).isPresent();
        if (off || ra || !address.isEmpty()) {
            return Optional.of(new ExternalCa(true, address, !off && !ra));
        }
        return running.stream().anyMatch(ExternalCa::isNoCa)
                ? Optional.of(new ExternalCa(false, "", false))
                : Optional.empty();
    }

    List<Finding> findings(Cluster cluster) {
        List<Finding> findings = new ArrayList<>();
        if (!wanted) {
            findings.add(wouldBeLost(cluster.name()));
            return findings;
        }
        if (istiodSigns) {
            findings.add(Finding.warning(
                    cluster.name().value(),
                    VALUES,
                    "pilot.env.ENABLE_CA_SERVER: \"false\" where global.caAddress is another CA",
                    "an istiod that is also a CA and gives all workloads its own root",
                    "Set it in the values, unless the other CA has the same root."));
        }
        Matcher service = IN_CLUSTER.matcher(address);
        if (service.matches()
                && cluster.find(Service.class, service.group(2), service.group(1))
                        .isEmpty()) {
            findings.add(Finding.blocking(
                    cluster.name().value(),
                    "Service %s/%s".formatted(service.group(2), service.group(1)),
                    "the CA that global.caAddress names, before istiod starts",
                    "none",
                    "Install it in this cluster (istio-csr, for example), or correct global.caAddress."));
        }
        findings.add(Finding.note(
                cluster.name().value(),
                Cacerts.OBJECT,
                "cacerts, or another CA than istiod",
                address.isEmpty() ? "another CA" : "the CA at " + address,
                "Nothing to do: Meshspan leaves it alone and writes no cacerts here."));
        return findings;
    }

    private static Finding wouldBeLost(ClusterName cluster) {
        return Finding.blocking(
                cluster.value(),
                VALUES,
                "what makes another CA than istiod sign, as in the istiod that runs (ENABLE_CA_SERVER=false or EXTERNAL_CA)",
                "values without it: istiod would become a CA with its own root, and new workloads would not "
                        + "trust the others",
                "Give global.caAddress and pilot.env of the running mesh in the values (docs/trust.md).");
    }

    private static Optional<String> env(HelmValues istiod, String name) {
        return Stream.of(List.of("pilot", "env", name), List.of("env", name))
                .flatMap(path -> istiod.at(path).stream())
                .map(String::valueOf)
                .findFirst();
    }

    private static boolean isNoCa(Deployment istiod) {
        return istiod.getSpec() != null
                && istiod.getSpec().getTemplate().getSpec().getContainers().stream()
                        .flatMap(container -> container.getEnv().stream())
                        .anyMatch(ExternalCa::turnsOff);
    }

    /** As Go reads a boolean. */
    private static boolean isFalse(String text) {
        return List.of("false", "f", "0").contains(text.toLowerCase(Locale.ROOT));
    }

    private static boolean turnsOff(EnvVar env) {
        return CA_SERVER.equals(env.getName())
                ? env.getValue() != null && isFalse(env.getValue())
                : RA.equals(env.getName())
                        && env.getValue() != null
                        && !env.getValue().isBlank();
    }
}
