package io.meshspan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import io.meshspan.kubernetes.Access;
import io.meshspan.manifest.MemberKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code deploy/rights/meshspan.yaml} against the calls of the tests ({@link RightsExtension}) and against Istio's roles. */
class RightsTest {

    private static final Path CHARTS = Path.of("src/test/resources/sandbox/charts");

    /**
     * What neither stand-in clusters nor audit logs show: API servers ask for bind where a dry run names a role that is not there
     * yet; a backup is updated only when a step that wrote over something is repeated; stand-in clusters run Deployments
     * alone, of the workloads that an upgrade restarts.
     */
    private static final Set<String> UNSEEN = Set.of(
            "bind clusterroles.rbac.authorization.k8s.io",
            "bind roles.rbac.authorization.k8s.io",
            "update secrets in kube-system",
            "get daemonsets.apps",
            "get statefulsets.apps",
            "patch daemonsets.apps",
            "patch statefulsets.apps");

    @Test
    void shouldGrantNothingThatMeshspanDoesNotUse() throws IOException {
        Set<String> used = GrantedRights.used();
        Set<String> members = MemberKind.all().stream()
                .map(kind -> kind.access("get", "").where())
                .collect(Collectors.toSet());
        Set<String> verbsOfMembers = used.stream()
                .filter(line -> members.contains(line.substring(line.indexOf(' ') + 1)))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .filter(verb -> !verb.equals("watch"))
                .collect(Collectors.toCollection(TreeSet::new));

        // a kind that can be part of a mesh is treated as every other one, whether a test has it or not
        assertThat(verbsOfMembers).containsExactly("create", "delete", "get", "list", "patch", "update");
        Predicate<Access> needed = access -> used.contains(GrantedRights.line(access))
                || UNSEEN.contains(access.toString())
                || (members.contains(access.where()) && verbsOfMembers.contains(access.verb()))
                || (access.verb().equals("list")
                        && access.resource().equals("*")
                        && used.stream().anyMatch(line -> line.startsWith("list ") && line.endsWith(access.group())));
        assertThat(GrantedRights.read().all())
                .filteredOn(access -> !access.toString().equals("list *.*"))
                .hasSizeGreaterThan(100)
                .allMatch(needed);
    }

    @Test
    void shouldGrantAllThatMeshspanUses() throws IOException {
        Set<String> granted =
                GrantedRights.read().all().stream().map(GrantedRights::line).collect(Collectors.toSet());

        // without the rule for whatever a removal finds in istio-system
        assertThat(GrantedRights.used())
                .filteredOn(line -> !line.startsWith("list "))
                .allMatch(line -> granted.contains(line) || granted.contains(line.replace(" in kube-system", "")));
    }

    /** An API server lets nobody grant what they do not have. */
    @Test
    void shouldHaveWhatTheRolesOfIstioGrant() throws IOException {
        GrantedRights had = GrantedRights.read(Set.of("meshspan", "meshspan-istio"));
        List<Access> granted = new ArrayList<>();
        for (String chart : List.of("base", "istiod", "gateway")) {
            String rendered = Helm.template(CHARTS.resolve(chart).toString())
                    .withName(chart)
                    .withNamespace("istio-system")
                    .call();
            for (JsonNode object : HelmChartTest.objects(rendered)) {
                granted.addAll(GrantedRights.rights(object.path("rules"), ""));
            }
        }

        assertThat(granted).hasSizeGreaterThan(10).allMatch(had::allows);
    }
}
