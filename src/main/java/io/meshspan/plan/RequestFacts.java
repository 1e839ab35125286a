package io.meshspan.plan;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Add;
import io.meshspan.change.ChangeKind.Adopt;
import io.meshspan.change.ChangeKind.Install;
import io.meshspan.change.ChangeKind.Remove;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.ChangeKind.TakeOut;
import io.meshspan.change.ChangeKind.Upgrade;
import io.meshspan.change.ChangeKind.Verify;
import io.meshspan.change.Removal;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ChangeRequest.Found;
import io.meshspan.plan.ChangeRequest.Options;
import io.meshspan.plan.ShownRequest.Fact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts of a request, in the order in which readers ask for them. */
final class RequestFacts {

    /** Who asked for a change that no person asked for, by its process. */
    private static final Map<String, String> SCHEDULES = Map.of(
            "check-drift", "the schedule meshspan.drift.cron",
            "renew-remote-tokens", "the schedule meshspan.token-renewal.cron",
            "verify-on-schedule", "the schedule meshspan.verify.cron");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ChangeRequest request;
    private final Mesh mesh;
    private final @Nullable Found found;
    private final boolean removes;
    private final ClusterNames names;
    private final ImageFacts images;

    private RequestFacts(ChangeRequest request) {
        this.request = request;
        this.mesh = request.mesh();
        this.found = request.found();
        this.images = new ImageFacts(mesh, found);
        this.removes = request.kind().removes().isPresent();
        this.names = new ClusterNames(
                mesh.clusters().stream().map(ClusterName::value).toList());
    }

    static List<Fact> of(ChangeRequest request) {
        return new RequestFacts(request).all();
    }

    private List<Fact> all() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Process", "%s (%s)".formatted(request.processName(), request.process())));
        facts.add(new Fact("Mesh", mesh.id().value()));
        facts.addAll(members());
        facts.add(new Fact("Topology", topology()));
        facts.add(new Fact("Istio version", version()));
        if (!removes) {
            facts.add(new Fact("Image tag", images.tag()));
            facts.add(new Fact("Image hub", images.hub()));
        }
        gateways().map(gateways -> new Fact("Gateways", gateways)).ifPresent(facts::add);
        values().map(values -> new Fact("Values", values)).ifPresent(facts::add);
        mesh.boundTokens()
                .map(valid -> new Fact(
                        "Remote tokens",
                        "bound, valid for %s; Meshspan renews them without an approval of their own".formatted(valid)))
                .ifPresent(facts::add);
        facts.add(
                new Fact("Revision", mesh.revision().isNamed() ? mesh.revision().value() : "none"));
        options().map(options -> new Fact("Options", options)).ifPresent(facts::add);
        facts.add(new Fact("Asked for by", requester()));
        facts.add(new Fact("Because", request.reason().isBlank() ? "no reason given" : request.reason()));
        facts.add(new Fact("Asked on", TIME.format(Instant.parse(request.at()))));
        file().map(file -> new Fact("Mesh file", file)).ifPresent(facts::add);
        return facts;
    }

    private String requester() {
        String id =
                Objects.requireNonNullElse(request.requester(), SCHEDULES.getOrDefault(request.process(), "unknown"));
        return request.requesterName() == null ? id : "%s (%s)".formatted(request.requesterName(), id);
    }

    /** Where they are and how others reach them, as far as somebody said so. */
    private Optional<String> gateways() {
        Stream<String> namespace =
                mesh.gatewayNamespace().isEmpty() ? Stream.of() : Stream.of("in namespace " + mesh.gatewayNamespace());
        Stream<String> declared = mesh.members().stream()
                .flatMap(member -> member.declaredGateway().stream()
                        .map(gateway -> "%s at %s%s, as declared"
                                .formatted(
                                        member.cluster(),
                                        gateway.address(),
                                        gateway.ownPort()
                                                .map(port -> " port " + port)
                                                .orElse(""))));
        return told(Stream.concat(namespace, declared));
    }

    /** Only names the parts; the plan shows them in full. */
    private Optional<String> values() {
        Stream<String> company = found == null || found.companyValues() == null
                ? Stream.of()
                : Stream.of("of the company: " + parts(HelmValues.read(found.companyValues())));
        Stream<String> shared =
                mesh.values().isEmpty() ? Stream.of() : Stream.of("of the mesh: " + parts(mesh.values()));
        Stream<String> own = mesh.members().stream()
                .filter(member -> !member.values().isEmpty())
                .map(member -> "of %s: %s".formatted(member.cluster(), parts(member.values())));
        return told(Stream.of(company, shared, own).flatMap(each -> each));
    }

    private static String parts(HelmValues values) {
        return String.join(", ", values.tree().keySet());
    }

    private static Optional<String> told(Stream<String> words) {
        String all = words.collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** What goes, what stays and what joins. */
    private List<Fact> members() {
        String leaving = inWords(request.kind().leaving());
        return request.kind().match(new ChangeKind.Cases<List<Fact>>() {

            @Override
            public List<Fact> install(Install kind) {
                return List.of();
            }

            @Override
            public List<Fact> verify(Verify kind) {
                return List.of();
            }

            @Override
            public List<Fact> remove(Remove kind) {
                return goesAndStays(
                        "all of %s: what Meshspan made in %s".formatted(mesh.id(), leaving), spared(kind.removal()));
            }

            @Override
            public List<Fact> takeOut(TakeOut kind) {
                return goesAndStays(
                        "%s, with what Meshspan made there, and the access of the others to it".formatted(leaving),
                        "%s as a mesh; in %s %s"
                                .formatted(inWords(request.staying()), leaving, spared(kind.removal())));
            }

            @Override
            public List<Fact> add(Add kind) {
                return List.of(new Fact("Joins", joining(kind.joining())));
            }

            @Override
            public List<Fact> rotate(Rotate kind) {
                return List.of(new Fact(
                        "Rotates", "the %s of %s".formatted(kind.credential().inWords(), inWords(kind.clusters()))));
            }

            @Override
            public List<Fact> upgrade(Upgrade kind) {
                String old = mesh.replaced()
                        .filter(replaced -> replaced.revision().isNamed())
                        .map(replaced -> "revision " + replaced.revision())
                        .orElse("no revision");
                String how = mesh.isUpgradeInPlace()
                        ? "in place, one cluster after the other"
                        : "(revision %s), beside it until all workloads have moved".formatted(mesh.revision());
                String upgrade = "Istio %s (%s) to %s %s".formatted(kind.from(), old, kind.to(), how);
                return List.of(new Fact("Upgrades", upgrade));
            }

            @Override
            public List<Fact> adopt(Adopt kind) {
                return List.of(new Fact(
                        "Adopts",
                        "the mesh that others installed in %s, as the mesh file below describes it; no pod restarts"
                                .formatted(inWords(mesh.clusters()))));
            }
        });
    }

    private String joining(List<ClusterName> clusters) {
        return clusters.stream().map(mesh::member).map(Member::inWords).collect(Collectors.joining("; "));
    }

    private static List<Fact> goesAndStays(String goes, String stays) {
        return List.of(new Fact("Goes", goes), new Fact("Stays", stays));
    }

    private static String spared(Removal removal) {
        return removal.crds() ? "what Meshspan did not make" : "Istio's CRDs, and what Meshspan did not make";
    }

    private String topology() {
        String name = switch (mesh.topology()) {
            case MULTI_PRIMARY -> "multi-primary on one network";
            case MULTI_PRIMARY_MULTI_NETWORK -> "multi-primary on different networks";
            case PRIMARY_REMOTE -> "primary-remote on one network";
            case PRIMARY_REMOTE_MULTI_NETWORK -> "primary-remote on different networks";
            case MIXED -> "as the mesh is described";
            case AS_IT_IS -> "as it is there";
        };
        return "%s: %s, %s, %s"
                .formatted(
                        name,
                        count(mesh.primaries().size(), "primary", "primaries"),
                        count(mesh.remotes().size(), "remote", "remotes"),
                        count(mesh.networks().size(), "network", "networks"));
    }

    private static String count(int number, String one, String several) {
        return number == 1 ? "1 " + one : number + " " + several;
    }

    /** The version before and after, for clusters with their own control plane; remotes use theirs. */
    private String version() {
        String asked = mesh.version().toString();
        if (found == null) {
            return asked;
        }
        GroupedByClusters<String> now = new GroupedByClusters<>();
        mesh.primaries().stream()
                .map(member -> member.cluster().value())
                .forEach(cluster -> now.add(found.versions().getOrDefault(cluster, ""), cluster));
        String where = now.byClusters().entrySet().stream()
                .map(group -> step(group.getValue().get(0), names.inWords(group.getKey())))
                .collect(Collectors.joining("; "));
        return where.isEmpty() ? asked : "%s (%s)".formatted(asked, where);
    }

    private String step(String now, String clusters) {
        if (now.isEmpty()) {
            return (removes ? "no control plane in " : "new in ") + clusters;
        }
        return isAsked(now) || removes
                ? "%s runs in %s".formatted(now, clusters)
                : "%s → %s in %s".formatted(now, mesh.version(), clusters);
    }

    private boolean isAsked(String now) {
        return now.equals(mesh.version().toString()) || (found != null && now.equals(found.tag()));
    }

    /** Empty if they are unknown. */
    private Optional<String> options() {
        Options options = request.options();
        if (options == null) {
            return Optional.empty();
        }
        String chosen = Stream.of(
                        chosen(options.urgent(), "URGENT: an emergency"),
                        chosen(mesh.extras().ingressGateway(), "ingress gateway"),
                        chosen(mesh.extras().defaultTag(), "revision tag default"),
                        chosen(options.keepSample(), "HelloWorld stays after the verification"),
                        chosen(options.removeCrds(), "Istio's CRDs go, too, if that is approved at the end"),
                        chosen(options.evenIfInjected(), "even if workloads still have sidecars"))
                .flatMap(Function.identity())
                .collect(Collectors.joining("; "));
        return Optional.of(chosen.isEmpty() ? "none" : chosen);
    }

    private static Stream<String> chosen(boolean is, String words) {
        return is ? Stream.of(words) : Stream.empty();
    }

    private Optional<String> file() {
        String file = request.meshFile();
        if (file != null) {
            return Optional.of(count((int) file.strip().lines().count(), "line", "lines"));
        }
        return request.options() == null
                ? Optional.empty()
                : Optional.of("none; requested with the fields of the form");
    }

    private String inWords(List<ClusterName> clusters) {
        return names.inWords(clusters.stream().map(ClusterName::value).toList());
    }
}
