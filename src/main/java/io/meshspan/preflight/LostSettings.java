package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.finding.Finding;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.mesh.ValuesRules;
import io.meshspan.preflight.LiveSettings.Lost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Would the change lose settings of an Istio that another tool installed? The change replaces its ConfigMaps, but keeps
 * fields of its Deployments and Services that nobody removes, so it would lose half of the settings. The check reports all
 * of them, unless the request sets them.
 */
@Component
final class LostSettings implements Check {

    /** Any address works: fields that contain it are not a user's settings. */
    private static final DiscoveryAddress ANY = DiscoveryAddress.at("240.0.0.1");

    private static final int ROUNDS = 2;

    private final Primary primary;
    private final Remote remote;
    private final EastWestGateway eastWest;
    private final IngressGateway ingress;
    private final ValuesLayers layers;

    LostSettings(
            Primary primary, Remote remote, EastWestGateway eastWest, IngressGateway ingress, ValuesLayers layers) {
        this.primary = primary;
        this.remote = remote;
        this.eastWest = eastWest;
        this.ingress = ingress;
        this.layers = layers;
    }

    @Override
    public String name() {
        return "Settings of the installed Istio";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        ApplySet ours = new ApplySet(mesh.id());
        return lost(mesh, cluster).stream()
                .map(lost -> finding(cluster, lost, ours))
                .toList();
    }

    /** The lost settings, as the part {@code values} of a mesh file, without anything that looks like a credential. */
    HelmValues values(Mesh mesh, ClusterSnapshot cluster) {
        HelmValues values = HelmValues.NONE;
        for (int i = 0; i < ROUNDS; i++) {
            for (Lost lost : lost(carried(mesh, cluster, values), cluster)) {
                values = lost.isCredential() ? values : lost.values().over(values);
            }
        }
        return values;
    }

    /** A value that is carried over can remove chart defaults beside it, for example {@code defaultProviders}. */
    private static Mesh carried(Mesh mesh, ClusterSnapshot cluster, HelmValues values) {
        return mesh.with(member -> member.cluster().equals(cluster.member().cluster())
                ? member.with(values.over(member.values()), member.gateway())
                : member);
    }

    private List<Lost> lost(Mesh mesh, ClusterSnapshot cluster) {
        if (!othersIstio(mesh, cluster)) {
            return List.of();
        }
        Member member = mesh.member(cluster.member().cluster());
        List<Lost> lost = new ArrayList<>(istiod(mesh, member, cluster));
        if (mesh.gateways().contains(member)) {
            lost.addAll(gateway(
                    cluster,
                    new LiveSettings(
                            ValuesPart.EAST_WEST_GATEWAY, layers.given(ValuesPart.EAST_WEST_GATEWAY, mesh, member)),
                    eastWest.desired(mesh, member)));
        }
        lost.addAll(gateway(
                cluster,
                new LiveSettings(ValuesPart.INGRESS_GATEWAY, layers.given(ValuesPart.INGRESS_GATEWAY, mesh, member)),
                ingress.desired(mesh, member)));
        return lost;
    }

    /** Rendering takes time, so it only runs if there are objects of another tool. */
    private static boolean othersIstio(Mesh mesh, ClusterSnapshot cluster) {
        Set<String> names = Set.of(
                mesh.revision().name("istiod"),
                mesh.revision().name("istio"),
                mesh.revision().name("values"),
                EastWestGateway.NAME,
                IngressGateway.NAME);
        Stream<HasMetadata> gateways = Stream.concat(
                cluster.in(mesh.namespaceOfGateways(), Deployment.class).stream(),
                cluster.in(mesh.namespaceOfGateways(), Service.class).stream());
        Stream<HasMetadata> controlPlane = Stream.concat(
                cluster.inIstioSystem(ConfigMap.class).stream(), cluster.inIstioSystem(Deployment.class).stream());
        return Stream.concat(controlPlane, gateways)
                .filter(object -> names.contains(object.getMetadata().getName()))
                .anyMatch(object -> ApplySet.setOf(object).isEmpty());
    }

    /** Charts compute environment variables of values, so the Deployment is compared with what the lost values would make. */
    private List<Lost> istiod(Mesh mesh, Member member, ClusterSnapshot cluster) {
        List<HasMetadata> wanted = controlPlane(mesh, member);
        LiveSettings settings = new LiveSettings(ValuesPart.ISTIOD, layers.given(ValuesPart.ISTIOD, mesh, member));
        pair(cluster, wanted, ConfigMap.class, mesh.revision().name("istio"), settings::meshConfig);
        pair(cluster, wanted, ConfigMap.class, mesh.revision().name("values"), settings::values);
        HelmValues lost = HelmValues.NONE;
        for (Lost each : settings.lost()) {
            lost = each.isCredential() ? lost : each.values().over(lost);
        }
        Mesh carried = carried(mesh, cluster, lost);
        List<HasMetadata> kept = lost.isEmpty() ? wanted : controlPlane(carried, carried.member(member.cluster()));
        pair(cluster, kept, Deployment.class, mesh.revision().name("istiod"), settings::deployment);
        pair(cluster, kept, HorizontalPodAutoscaler.class, mesh.revision().name("istiod"), settings::autoscaler);
        return settings.lost();
    }

    private List<HasMetadata> controlPlane(Mesh mesh, Member member) {
        return mesh.primaries().contains(member)
                ? primary.desired(mesh, member)
                : remote.desired(mesh, member, Optional.of(ANY));
    }

    private static List<Lost> gateway(ClusterSnapshot cluster, LiveSettings settings, List<HasMetadata> wanted) {
        LiveGateway gateway = new LiveGateway(settings);
        for (HasMetadata object : wanted) {
            String name = object.getMetadata().getName();
            switch (object.getKind()) {
                case "Service" -> pair(cluster, wanted, Service.class, name, gateway::service);
                case "Deployment" -> {
                    pair(cluster, wanted, Deployment.class, name, settings::deployment);
                    pair(cluster, wanted, Deployment.class, name, (live, now) -> {
                        gateway.deployment(live, now);
                        if (beside(cluster, HorizontalPodAutoscaler.class, live).isEmpty()) {
                            gateway.fixedReplicas(live, now);
                        }
                        if (beside(cluster, Role.class, live).isEmpty()) {
                            gateway.withoutRole(live, now);
                        }
                        beside(cluster, PodDisruptionBudget.class, live)
                                .ifPresent(budget -> gateway.disruptions(budget, find(wanted, budget)));
                    });
                }
                case "HorizontalPodAutoscaler" -> {
                    pair(cluster, wanted, HorizontalPodAutoscaler.class, name, settings::autoscaler);
                    pair(cluster, wanted, HorizontalPodAutoscaler.class, name, gateway::autoscaler);
                }
                case "ServiceAccount" -> pair(cluster, wanted, ServiceAccount.class, name, gateway::account);
                default -> {}
            }
        }
        return settings.lost();
    }

    /** An object of the same name, which the wanted ones may lack. */
    private static <T extends HasMetadata> Optional<T> beside(
            ClusterSnapshot cluster, Class<T> type, HasMetadata object) {
        return cluster.find(
                type, object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private static Optional<HasMetadata> find(List<HasMetadata> wanted, HasMetadata like) {
        return wanted.stream()
                .filter(object -> object.getKind().equals(like.getKind()))
                .findFirst();
    }

    private static <T extends HasMetadata> void pair(
            ClusterSnapshot cluster,
            List<HasMetadata> wanted,
            Class<T> type,
            String name,
            BiConsumer<HasMetadata, HasMetadata> compare) {
        wanted.stream()
                .filter(object -> object.getKind().equals(HasMetadata.getKind(type)))
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .ifPresent(object -> cluster.find(type, object.getMetadata().getNamespace(), name)
                        .filter(live -> ApplySet.setOf(live).isEmpty())
                        .ifPresent(live -> compare.accept(live, object)));
    }

    /** A field that another tool wrote and nobody removes would stay. Without such a tool, this may be intended. */
    private static Finding finding(ClusterSnapshot cluster, Lost lost, ApplySet ours) {
        boolean meant = !lost.written()
                && Ownership.ManagingTool.of(lost.object(), ours).isEmpty();
        String value = lost.isCredential()
                ? "a value that looks like a credential"
                : lost.value() == null ? "none" : told(lost.value());
        String what = ValuesRules.name(lost.part(), lost.path());
        String expected = "the setting of %s: %s".formatted(lost.source(), value);
        String advice = "Carry it over: \"Values of the running mesh\" gives all of them as a file"
                + " (/start-forms/values.yaml?clusters=%s). Or say another value, or null, for this key."
                        .formatted(cluster.where());
        return meant
                ? Finding.warning(
                        cluster.where(), what, expected, "a request that says nothing of it: it stays", advice)
                : Finding.blocking(
                        cluster.where(),
                        what,
                        expected,
                        lost.now() == null
                                ? (lost.written()
                                        ? "a change that would remove it"
                                        : "a change that says nothing of it, and would keep it by chance")
                                : "a change to " + told(lost.now()),
                        advice);
    }

    private static String told(Object value) {
        return InputRules.quoted(String.valueOf(value));
    }
}
