package io.meshspan.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.gateway.GatewaysOfCharts;
import io.meshspan.manifest.ManifestYaml;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.Topology;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.meshfile.ValuesText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gives Helm the files of a company as its people would, and compares object by object with what Meshspan renders. Without
 * Istio's own charts it takes those of the sandbox, which read fewer values.
 */
public class HelmTemplateTest {

    private static final Renderer CHARTS =
            System.getProperty("meshspan.test.charts", "").isEmpty() ? SandboxCharts.renderer() : SandboxCharts.istio();
    private static final List<String> VERSIONS =
            List.of(System.getProperty("meshspan.test.chart-versions", "1.30.3").split(",", -1));
    private static final Path COMPANIES = Path.of("src/test/resources/field/values");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final DiscoveryAddress DISCOVERY = DiscoveryAddress.at("192.0.2.1");
    private static final String COMPANY = """
            base:
              base: {excludedCRDs: [wasmplugins.extensions.istio.io]}
              experimental: {stableValidationPolicy: false}
            istiod:
              global:
                imagePullSecrets: [regcred]
                hub: registry.corp.example/istio
                variant: distroless
                platform: openshift
                priorityClassName: system-cluster-critical
                caAddress: cert-manager-istio-csr.cert-manager.svc:443
                proxy: {logLevel: warning, resources: {requests: {cpu: 200m}, limits: {memory: 1Gi}}}
              meshConfig:
                accessLogFile: /dev/stdout
                extensionProviders:
                - name: otel
                  opentelemetry: {service: collector.observability.svc.cluster.local, port: 4317}
              tolerations: [{key: dedicated, value: mesh, effect: NoSchedule}]
              resources: {requests: {cpu: 2, memory: 4Gi}}
              cni: {enabled: true}
              seccompProfile: {type: RuntimeDefault}
              podAnnotations: {sidecar.opentelemetry.io/inject: "false"}
            eastWestGateway:
              service:
                type: LoadBalancer
                annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal, count: "2"}
                loadBalancerClass: eks.amazonaws.com/nlb
                externalTrafficPolicy: Local
              resources: {requests: {cpu: 300m, memory: 256Mi}}
              autoscaling: {minReplicas: 2, maxReplicas: 6, targetCPUUtilizationPercentage: 70}
              tolerations: [{key: dedicated, value: edge, effect: NoSchedule}]
              podDisruptionBudget: {minAvailable: 1}
              imagePullSecrets: [{name: regcred}]
              priorityClassName: system-cluster-critical
            ingressGateway:
              service: {type: NodePort, externalTrafficPolicy: Local, ipFamilyPolicy: PreferDualStack}
              autoscaling: {enabled: false}
              replicaCount: 3
              imagePullSecrets: [{name: regcred}]
            """;
    private static final String MESH = """
            istiod:
              meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}, defaultConfig: {holdApplicationUntilProxyStarts: true}}
              tolerations: [{operator: Exists}]
              autoscaleMin: 2
              autoscaleMax: 7
              env: {PILOT_ENABLE_STATUS: "true", UNSAFE_NUMBER: 5}
            eastWestGateway:
              service: {ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack, annotations: {count: null}}
              nodeSelector: {pool: edge}
              env: {EXTRA: "on"}
              labels: {team: mesh}
            """;
    private static final String CLUSTER = """
            istiod:
              nodeSelector: {pool: mesh}
              resources: {requests: {memory: 8Gi}}
              meshConfig: {accessLogFile: null, enablePrometheusMerge: null}
              global: {proxy: {resources: {limits: null}}}
            eastWestGateway:
              service: {loadBalancerIP: 192.0.2.9}
              networkGatewayPorts: {tls: {port: 443}}
            """;

    /** What istioctl or its charts do otherwise, whatever the values say. */
    private static final List<String> ISTIOCTLS_OWN = List.of(
            // versions and names of charts and installations
            ".* /(spec/template/)?metadata/(labels|annotations)/(app.kubernetes.io|helm.sh|release|istio.io~1rev"
                    + "|istio.io~1dataplane-mode|install.operator|operator.istio.io|service.istio.io).*",
            // the values themselves, where an IstioOperator has them
            "ConfigMap istio-system/values /data/original-values.*",
            "ConfigMap istio-system/values /data/merged-values >/(pilot|base|cni|enabled|defaultRevision|gateways|ztunnel)\\b.*",
            "ConfigMap istio-system/values /data/merged-values >/resources/\\w+/\\w+: \"([\\d.]+)\" or \\1",
            "Service istio-gateways/\\S+ /spec/loadBalancerSourceRanges: \\[] or nothing",
            // refused by the preflight: istioctl decides by its own component
            "ConfigMap istio-system/istio-sidecar-injector /data/values >/pilot/cni/enabled: false or true",
            // the base chart is given the global values of istiod, too
            "ServiceAccount istio-system/istio-reader-service-account /imagePullSecrets.*",
            // the charts istio-ingress and gateway
            "(missing|too many): (Role|RoleBinding|ServiceAccount) istio-gateways/.*",
            "Deployment istio-gateways/\\S+ /spec/(strategy|template/metadata/(annotations|labels)/(sidecar|inject).*|template/spec/"
                    + "(affinity|imagePullSecrets|securityContext/.*|serviceAccountName|terminationGracePeriodSeconds|volumes)).*",
            "Deployment istio-gateways/\\S+ /spec/template/spec/containers/istio-proxy/"
                    + "(env/ISTIO_META_UNPRIVILEGED_POD|ports|securityContext/runAsNonRoot|volumeMounts): .*",
            "Deployment istio-gateways/istio-ingressgateway /spec/template/spec/containers/istio-proxy/"
                    + "(args|env|image|readinessProbe): .*",
            "Service istio-gateways/\\S+ /spec/ports/\\S+/(protocol|targetPort): .*",
            "Service istio-gateways/\\S+ /metadata/annotations/count: nothing or null",
            // a gateway's labels select its pods, and stand on all of its objects
            "(Service|Deployment|PodDisruptionBudget) istio-gateways/\\S+ /spec/(selector/)?(selector|matchLabels)/(team|cost-center|topology.istio.io~1network): .*",
            "(Deployment|HorizontalPodAutoscaler|PodDisruptionBudget) istio-gateways/\\S+ /metadata/labels/topology.istio.io~1network: .*");

    private static final Layers TYPICAL = new Layers(COMPANY, MESH, CLUSTER);

    /** Values as people write them: for all meshes, for this mesh, and for the cluster c1. */
    private record Layers(String company, String mesh, String cluster) {

        /** From a file that has parts, or these three with parts below them. */
        static Layers of(String text) {
            return text.startsWith("company:")
                    ? new Layers(below("company", text), below("mesh", text), below("cluster", text))
                    : new Layers("", text, "");
        }

        List<String> of(Member member) {
            return isFirst(member) ? List.of(company, mesh, cluster) : List.of(company, mesh);
        }
    }

    private final Path folder;
    private int files;

    HelmTemplateTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** What is left are the marks of Meshspan, and the label by which istiod knows another port than 15443. */
    @ParameterizedTest
    @EnumSource(
            names = {"MULTI_PRIMARY", "MULTI_PRIMARY_MULTI_NETWORK", "PRIMARY_REMOTE", "PRIMARY_REMOTE_MULTI_NETWORK"})
    void shouldRenderWhatHelmMakesOfTheSameFiles(Topology topology) {
        Mesh mesh = mesh(topology, TYPICAL, VERSIONS.get(0));

        for (Member member : mesh.members()) {
            Map<String, JsonNode> ours = byName(meshspan(CHARTS, TYPICAL, mesh, member));
            Map<String, JsonNode> helms = byName(helm(TYPICAL, mesh, member));

            boolean gateway = mesh.gateways().contains(member);
            assertThat(ours).hasSizeGreaterThan(gateway ? 20 : 10);
            assertThat(differences(ours, helms))
                    .as("%s of %s", member.cluster(), topology)
                    .containsExactlyElementsOf(
                            gateway && isFirst(member)
                                    ? List.of("Service istio-gateways/istio-eastwestgateway"
                                            + " /metadata/labels/networking.istio.io~1gatewayPort: \"443\" or nothing")
                                    : List.of());
        }
    }

    /** Of the control plane both make the same; of a gateway what values say, each with a chart of its own. */
    @ParameterizedTest
    @EnumSource(
            names = {"MULTI_PRIMARY", "MULTI_PRIMARY_MULTI_NETWORK", "PRIMARY_REMOTE", "PRIMARY_REMOTE_MULTI_NETWORK"})
    void shouldRenderTheSameMeshWithIstioctl(Topology topology) {
        Renderer istioctl = SandboxCharts.istioctl();
        Mesh mesh = mesh(topology, TYPICAL, VERSIONS.get(0));

        for (Member member : mesh.members()) {
            Map<String, JsonNode> objects = byName(meshspan(istioctl, TYPICAL, mesh, member));

            assertThat(differences(objects, byName(meshspan(SandboxCharts.istio(), TYPICAL, mesh, member))))
                    .as("%s of %s", member.cluster(), topology)
                    .filteredOn(line -> ISTIOCTLS_OWN.stream().noneMatch(line::matches))
                    .isEmpty();
            if (mesh.gateways().contains(member)) {
                JsonNode account = objects.get("ServiceAccount istio-gateways/istio-eastwestgateway-service-account");
                assertThat(Objects.requireNonNull(account)
                                .at("/imagePullSecrets/0/name")
                                .asText())
                        .isEqualTo("regcred");
            }
        }
    }

    /** Values as companies have them, each for what others do not have, on each version of the charts. */
    @ParameterizedTest
    @MethodSource("companies")
    void shouldRenderWhatHelmMakesOfThisCompanysFile(String name) {
        for (String version : VERSIONS) {
            Layers layers = company(name, version);
            Mesh mesh = mesh(Topology.PRIMARY_REMOTE_MULTI_NETWORK, layers, version);
            for (Member member : mesh.members()) {
                assertThat(differences(
                                byName(meshspan(CHARTS, layers, mesh, member)), byName(helm(layers, mesh, member))))
                        .as("%s with %s", member.cluster(), version)
                        .filteredOn(line -> !line.contains("/metadata/labels/networking.istio.io~1gatewayPort: "))
                        .isEmpty();
            }
        }
    }

    /** What istioctl has no place for, the preflight refuses; what it takes, it makes the same of as Helm. */
    @ParameterizedTest
    @MethodSource("companies")
    void shouldRenderThisCompanysFileTheSameWithIstioctl(String name) {
        Renderer istioctl = SandboxCharts.istioctl();
        Layers whole = company(name, "1.30.3");
        Layers layers =
                new Layers(expressible(whole.company()), expressible(whole.mesh()), expressible(whole.cluster()));
        Mesh mesh = mesh(Topology.PRIMARY_REMOTE_MULTI_NETWORK, layers, "1.30.3");

        for (Member member : mesh.members()) {
            assertThat(differences(
                            byName(meshspan(istioctl, layers, mesh, member)),
                            byName(meshspan(SandboxCharts.istio(), layers, mesh, member))))
                    .as("%s", member.cluster())
                    .filteredOn(line -> ISTIOCTLS_OWN.stream().noneMatch(line::matches))
                    .isEmpty();
        }
    }

    public static Stream<String> companies() throws IOException {
        try (Stream<Path> files = Files.list(COMPANIES)) {
            String wanted = System.getProperty("meshspan.test.companies", ".*");
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(wanted))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Layers company(String name, String version) {
        try {
            String text = Files.readString(COMPANIES.resolve(name));
            boolean tooOld =
                    text.startsWith("# since ") && version.compareTo(text.substring(8, text.indexOf('\n'))) < 0;
            return tooOld ? Layers.of("base: {}\n") : Layers.of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String expressible(String text) {
        HelmValues values = values(text);
        for (ValuesPart part : ValuesPart.values()) {
            for (List<String> path : SandboxCharts.inexpressible(part, values.part(part))) {
                values = values.without(
                        Stream.concat(Stream.of(part.key()), path.stream()).toList());
            }
        }
        return values.text();
    }

    /** The lines below a key, as they are written, but for their indentation. */
    private static String below(String key, String text) {
        StringBuilder found = new StringBuilder();
        boolean inside = false;
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("#")) {
                inside = line.startsWith(key + ":");
                if (inside && line.length() > key.length() + 1) {
                    found.append(line.substring(key.length() + 1)).append('\n');
                }
            } else if (inside) {
                found.append(line.startsWith("  ") ? line.substring(2) : line).append('\n');
            }
        }
        return found.toString();
    }

    private static boolean isFirst(Member member) {
        return member.cluster().value().equals("c1");
    }

    private static Path folderOfCharts() {
        return System.getProperty("meshspan.test.charts", "").isEmpty()
                ? SandboxCharts.FOLDER
                : SandboxCharts.ofIstio();
    }

    private static Mesh mesh(Topology topology, Layers layers, String version) {
        boolean one = topology == Topology.MULTI_PRIMARY || topology == Topology.PRIMARY_REMOTE;
        boolean remotes = topology == Topology.PRIMARY_REMOTE || topology == Topology.PRIMARY_REMOTE_MULTI_NETWORK;
        ClusterName first = new ClusterName("c1");
        ClusterName second = new ClusterName("c2");
        NetworkName network = new NetworkName(one ? "n1" : "n2");
        return new Mesh(
                        new MeshId("mesh1"),
                        topology,
                        IstioVersion.parse(version),
                        ImageSource.CONFIGURED,
                        Revision.NONE,
                        new ProfileExtras(true, false),
                        List.of(
                                Member.primary(first, new NetworkName("n1")).with(values(layers.cluster()), null),
                                remotes ? Member.remote(second, network, first) : Member.primary(second, network)))
                .with(values(layers.mesh()), "istio-gateways");
    }

    private static List<HasMetadata> meshspan(Renderer renderer, Layers given, Mesh mesh, Member member) {
        ValuesLayers layers = SandboxCharts.company(values(given.company()));
        List<HasMetadata> objects = new ArrayList<>(
                member.role() == Role.PRIMARY
                        ? ControlPlaneOfCharts.primary(renderer, layers).desired(mesh, member)
                        : ControlPlaneOfCharts.remote(renderer, layers).desired(mesh, member, Optional.of(DISCOVERY)));
        if (mesh.gateways().contains(member)) {
            objects.addAll(GatewaysOfCharts.eastWest(renderer, layers).desired(mesh, member));
        }
        objects.addAll(GatewaysOfCharts.ingress(renderer, layers).desired(mesh, member));
        return objects;
    }

    /** With the values of Istio's guide on top, written by hand. */
    private List<HasMetadata> helm(Layers layers, Mesh mesh, Member member) {
        String path = "/inject/cluster/%s/net/%s".formatted(member.cluster(), member.network());
        String global = "meshID: mesh1, multiCluster: {clusterName: %s}, network: %s, tag: %s"
                .formatted(member.cluster(), member.network(), mesh.version());
        boolean primary = member.role() == Role.PRIMARY;
        List<HasMetadata> objects = new ArrayList<>();
        objects.addAll(template(
                mesh,
                "base",
                "istio-base",
                "istio-system",
                ValuesPart.BASE,
                layers.of(member),
                primary ? "{}" : "{profile: remote, global: {externalIstiod: true}}"));
        objects.addAll(template(
                mesh,
                "istiod",
                "istiod",
                "istio-system",
                ValuesPart.ISTIOD,
                layers.of(member),
                primary
                        ? "{global: {%s%s}}".formatted(global, mesh.remotes().isEmpty() ? "" : ", externalIstiod: true")
                        : "{profile: remote, istiodRemote: {injectionPath: %s}, global: {%s, configCluster: true, remotePilotAddress: 192.0.2.1}}"
                                .formatted(path, global)));
        if (mesh.gateways().contains(member)) {
            objects.addAll(template(
                    mesh,
                    "gateway",
                    "istio-eastwestgateway",
                    "istio-gateways",
                    ValuesPart.EAST_WEST_GATEWAY,
                    layers.of(member),
                    "{name: istio-eastwestgateway, networkGateway: %s}".formatted(member.network())));
        }
        if (primary) {
            objects.addAll(template(
                    mesh,
                    "gateway",
                    "istio-ingressgateway",
                    "istio-gateways",
                    ValuesPart.INGRESS_GATEWAY,
                    layers.of(member),
                    "{name: istio-ingressgateway}"));
        }
        return objects;
    }

    private List<? extends HasMetadata> template(
            Mesh mesh,
            String chart,
            String name,
            String namespace,
            ValuesPart part,
            List<String> layers,
            String guide) {
        Path charts = folderOfCharts();
        Path archive = charts.resolve("%s-%s.tgz".formatted(chart, mesh.version()));
        String reference = (Files.exists(archive) ? archive : charts.resolve(chart)).toString();
        List<Path> given =
                layers.stream().map(text -> file(below(part.key(), text))).toList();
        given = Stream.concat(given.stream(), Stream.of(file(guide))).toList();
        String program = System.getProperty("meshspan.test.helm", "");
        if (!program.isEmpty()) {
            return ManifestYaml.parse(run(program, reference, name, namespace, given));
        }
        TemplateCommand command = Helm.template(reference).withName(name).withNamespace(namespace);
        given.forEach(command::withValuesFile);
        return ManifestYaml.parse(String.valueOf(command.call()));
    }

    private static String run(String program, String chart, String name, String namespace, List<Path> given) {
        List<String> command = new ArrayList<>(List.of(program, "template", name, chart, "--namespace", namespace));
        given.forEach(file -> command.addAll(List.of("--values", file.toString())));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve(files++ + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HelmValues values(String yaml) {
        return ValuesText.read("test", yaml, null).values().values();
    }

    private static Map<String, JsonNode> byName(List<HasMetadata> objects) {
        Map<String, JsonNode> byName = new TreeMap<>();
        objects.forEach(object -> byName.put(
                "%s %s/%s"
                        .formatted(
                                object.getKind(),
                                object.getMetadata().getNamespace(),
                                object.getMetadata().getName()),
                withoutOurMark(JSON.valueToTree(object))));
        return byName;
    }

    private static JsonNode withoutOurMark(ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        if (metadata.path("labels") instanceof ObjectNode labels) {
            labels.remove("applyset.kubernetes.io/part-of");
            if (labels.isEmpty()) {
                metadata.remove("labels");
            }
        }
        return object;
    }

    private static List<String> differences(Map<String, JsonNode> ours, Map<String, JsonNode> others) {
        List<String> found = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(ours.keySet());
        names.addAll(others.keySet());
        for (String name : names) {
            JsonNode here = ours.get(name);
            JsonNode there = others.get(name);
            if (here == null || there == null) {
                found.add((here == null ? "missing: " : "too many: ") + name);
            } else {
                compare(name + " ", here, there, found);
            }
        }
        return found;
    }

    private static void compare(String at, JsonNode ours, JsonNode other, List<String> found) {
        if (ours.isObject() && other.isObject()) {
            TreeSet<String> keys = new TreeSet<>();
            ours.fieldNames().forEachRemaining(keys::add);
            other.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> compare(at + "/" + key.replace("/", "~1"), ours.path(key), other.path(key), found));
        } else if (isNamed(ours) && isNamed(other)) {
            compare(at, byName(ours), byName(other), found);
        } else if (fields(ours).isObject() && fields(other).isObject()) {
            compare(at + " >", fields(ours), fields(other), found);
        } else if (!ours.equals(other) && !(ours.isNumber() && ours.asDouble() == other.asDouble())) {
            found.add("%s: %s or %s".formatted(at, shown(ours), shown(other)));
        }
    }

    private static boolean isNamed(JsonNode list) {
        return list.isArray() && !list.isEmpty() && list.path(0).path("name").isTextual();
    }

    private static JsonNode byName(JsonNode list) {
        ObjectNode byName = JSON.createObjectNode();
        list.forEach(item -> byName.set(item.path("name").asText(), item));
        return byName;
    }

    /** Of a text that holds YAML or JSON, as Istio's settings in ConfigMaps. */
    private static JsonNode fields(JsonNode text) {
        try {
            JsonNode fields = text.isTextual() ? YAML.readTree(text.asText()) : MissingNode.getInstance();
            return fields == null ? MissingNode.getInstance() : fields;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
