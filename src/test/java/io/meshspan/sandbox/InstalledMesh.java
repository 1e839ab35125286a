package io.meshspan.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A mesh that another tool than Meshspan installed, as the guide does: with Helm, or with istioctl. */
public final class InstalledMesh {

    /** The tool, by the name that it has as a field manager. */
    public enum Tool {
        HELM("helm"),
        ISTIOCTL("istio-operator");

        private final String manager;

        Tool(String manager) {
            this.manager = manager;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ISTIO_SYSTEM = "istio-system";
    private static final String EAST_WEST = "istio-eastwestgateway";

    /**
     * A cluster of it.
     *
     * @param apiServer the address for other clusters
     */
    public record Place(KubernetesClient client, String network, String apiServer) {}

    private final Map<String, Place> places;
    private final Path charts;
    private final String mesh;
    private final Tool tool;
    private final List<String> primaries;
    private final List<String> remotes;
    private final SelfSigned.Root root = new SelfSigned.Root();
    private final Map<String, Map<String, Object>> values = new TreeMap<>();

    /** @param remotes the clusters that use the control plane of the first primary */
    public InstalledMesh(Sandbox sandbox, String mesh, Tool tool, List<String> primaries, List<String> remotes) {
        this(
                Stream.concat(primaries.stream(), remotes.stream())
                        .collect(Collectors.toMap(
                                name -> name,
                                name -> new Place(
                                        sandbox.client(name),
                                        sandbox.cluster(name).network(),
                                        sandbox.apiServer(name)))),
                Sandbox.charts(),
                mesh,
                tool,
                primaries,
                remotes);
    }

    /** @param charts the folder with base, istiod and gateway, each by its path in it */
    public InstalledMesh(
            Map<String, Place> places,
            Path charts,
            String mesh,
            Tool tool,
            List<String> primaries,
            List<String> remotes) {
        this.places = Map.copyOf(places);
        this.charts = charts;
        this.mesh = mesh;
        this.tool = tool;
        this.primaries = List.copyOf(primaries);
        this.remotes = List.copyOf(remotes);
    }

    /** A value that the users of a release gave, by its chart and its path with dots. */
    public InstalledMesh with(String chart, String path, Object value) {
        values.computeIfAbsent(chart, first -> new TreeMap<>()).put(path, value);
        return this;
    }

    public InstalledMesh install() {
        primaries.forEach(this::primary);
        remotes.forEach(this::remote);
        primaries.forEach(reader ->
                all().stream().filter(other -> !other.equals(reader)).forEach(other -> remoteSecret(reader, other)));
        remotes.forEach(remote -> {
            if (multiNetwork()) {
                gateway(remote);
            }
        });
        return this;
    }

    private List<String> all() {
        List<String> all = new ArrayList<>(primaries);
        all.addAll(remotes);
        return all;
    }

    private boolean multiNetwork() {
        return all().stream().map(this::network).distinct().count() > 1;
    }

    private String network(String cluster) {
        return place(cluster).network();
    }

    private Place place(String cluster) {
        return Objects.requireNonNull(places.get(cluster));
    }

    private void primary(String cluster) {
        namespace(cluster, Map.of());
        release(cluster, "istio-base", "base", Map.of());
        place(cluster)
                .client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gateways.networking.istio.io")
                .waitUntilCondition(crd -> crd != null && Catalog.established(Json.tree(crd)), 60, TimeUnit.SECONDS);
        boolean serves = !remotes.isEmpty() && cluster.equals(primaries.get(0));
        Map<String, Object> given = new HashMap<>(identity(cluster));
        if (serves) {
            given.put("global.externalIstiod", true);
        }
        release(cluster, "istiod", "istiod", given);
        ready(cluster, "istiod");
        if (multiNetwork() || serves) {
            gateway(cluster);
        }
        if (multiNetwork()) {
            applyAll(cluster, resource("expose-services.yaml"));
        }
        if (serves) {
            applyAll(cluster, resource("expose-istiod.yaml"));
        }
    }

    private void remote(String cluster) {
        String primary = primaries.get(0);
        namespace(cluster, Map.of("topology.istio.io/controlPlaneClusters", primary));
        release(cluster, "istio-base", "base", Map.of("profile", "remote", "global.externalIstiod", true));
        Map<String, Object> given = new HashMap<>(identity(cluster));
        given.put("profile", "remote");
        given.put("global.configCluster", true);
        given.put("global.remotePilotAddress", address(primary));
        given.put("istiodRemote.injectionPath", "/inject/cluster/%s/net/%s".formatted(cluster, network(cluster)));
        release(cluster, "istiod", "istiod", given);
    }

    private Map<String, Object> identity(String cluster) {
        return Map.of(
                "global.meshID", mesh,
                "global.multiCluster.clusterName", cluster,
                "global.network", network(cluster));
    }

    private void gateway(String cluster) {
        release(cluster, EAST_WEST, "gateway", Map.of("name", EAST_WEST, "networkGateway", network(cluster)));
        ready(cluster, EAST_WEST);
        address(cluster);
    }

    private String address(String cluster) {
        Service service = place(cluster)
                .client()
                .services()
                .inNamespace(ISTIO_SYSTEM)
                .withName(EAST_WEST)
                .waitUntilCondition(
                        found -> !found.getStatus()
                                .getLoadBalancer()
                                .getIngress()
                                .isEmpty(),
                        30,
                        TimeUnit.SECONDS);
        return service.getStatus().getLoadBalancer().getIngress().get(0).getIp();
    }

    private void namespace(String cluster, Map<String, String> annotations) {
        apply(
                cluster,
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(ISTIO_SYSTEM)
                        .addToLabels("topology.istio.io/network", network(cluster))
                        .addToAnnotations(annotations)
                        .endMetadata()
                        .build());
        apply(
                cluster,
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("cacerts")
                        .withNamespace(ISTIO_SYSTEM)
                        .endMetadata()
                        .addToStringData(root.cacerts(cluster))
                        .build());
    }

    private void release(String cluster, String name, String chart, Map<String, Object> fixed) {
        Map<String, Object> given = new TreeMap<>(fixed);
        given.putAll(values.getOrDefault(chart, Map.of()));
        Path folder = chart(chart);
        var template = new Helm(folder).template().withName(name).withNamespace(ISTIO_SYSTEM);
        given.forEach(template::set);
        applyAll(cluster, GuidedMesh.parse(template.call()));
        if (tool == Tool.HELM) {
            apply(cluster, helmsSecret(name, chart, given));
        }
    }

    /** In Istio's source tree, istiod and the gateways are deeper. */
    private Path chart(String chart) {
        Path deeper = charts.resolve(chart.equals("istiod") ? "istio-control/istio-discovery" : "gateways/" + chart);
        return Files.isDirectory(deeper) ? deeper : charts.resolve(chart);
    }

    /** As Helm 3 keeps a release. */
    public static Secret helmsSecret(String name, String chart, Map<String, Object> given) {
        Map<String, Object> config = new TreeMap<>();
        given.forEach((path, value) -> put(config, path, value));
        Map<String, Object> release = Map.of(
                "name",
                name,
                "namespace",
                ISTIO_SYSTEM,
                "version",
                1,
                "config",
                config,
                "chart",
                Map.of("metadata", Map.of("name", chart, "version", "1.30.3")));
        return new SecretBuilder()
                .withNewMetadata()
                .withName("sh.helm.release.v1.%s.v1".formatted(name))
                .withNamespace(ISTIO_SYSTEM)
                .addToLabels(Map.of("owner", "helm", "name", name, "status", "deployed", "version", "1"))
                .endMetadata()
                .withType("helm.sh/release.v1")
                .addToStringData("release", packed(release))
                .build();
    }

    private static String packed(Map<String, Object> release) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(JSON.writeValueAsBytes(release));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> config, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            config.put(path, value);
        } else {
            Map<String, Object> below =
                    (Map<String, Object>) config.computeIfAbsent(path.substring(0, dot), first -> new TreeMap<>());
            put(below, path.substring(dot + 1), value);
        }
    }

    private void remoteSecret(String reader, String other) {
        apply(other, GuidedMesh.readerToken());
        apply(
                reader,
                GuidedMesh.remoteSecret(
                        other,
                        place(other).apiServer(),
                        GuidedMesh.filled(place(other).client())));
    }

    private static Collection<HasMetadata> resource(String name) {
        String path = name.equals("expose-istiod.yaml") ? "/io/meshspan/gateway/" + name : "/sandbox/" + name;
        try (InputStream in = Objects.requireNonNull(InstalledMesh.class.getResourceAsStream(path))) {
            return GuidedMesh.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void applyAll(String cluster, Collection<HasMetadata> objects) {
        objects.forEach(each -> apply(cluster, each));
    }

    private void apply(String cluster, HasMetadata object) {
        HasMetadata generic = object instanceof GenericKubernetesResource
                ? object
                : Serialization.unmarshal(Serialization.asYaml(object), GenericKubernetesResource.class);
        var unused = place(cluster)
                .client()
                .resource(generic)
                .fieldManager(tool.manager)
                .forceConflicts()
                .serverSideApply();
    }

    private void ready(String cluster, String deployment) {
        var unused = place(cluster)
                .client()
                .apps()
                .deployments()
                .inNamespace(ISTIO_SYSTEM)
                .withName(deployment)
                .waitUntilCondition(Readiness.getInstance()::isReady, 60, TimeUnit.SECONDS);
    }
}
