package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.approval.Person;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.manifest.OfferedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.preflight.LiveValues;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the start forms to Tasklist: the start event of each process has {@code
 * camunda:formKey="camunda-forms:/start-forms/PROCESS.form"}. The forms name clusters, so only users of Tasklist may read
 * them.
 */
@RestController
class StartFormController {

    private static final Set<String> PROCESSES = Set.of(
            "multi-primary",
            "multi-primary-multi-network",
            "primary-remote",
            "primary-remote-multi-network",
            "install-mesh",
            "verify-mesh",
            "remove-mesh",
            "take-out-cluster",
            "add-cluster",
            "rotate-remote-tokens",
            "rotate-intermediates",
            "rotate-root",
            "upgrade-mesh",
            "adopt-mesh",
            "upgrade-in-place");

    private final StartForms forms;
    private final Inventory inventory;
    private final LiveValues live;
    private final OfferedReleases offered;
    private final DeclaredMeshes meshes;

    StartFormController(
            StartForms forms, Inventory inventory, LiveValues live, OfferedReleases offered, DeclaredMeshes meshes) {
        this.forms = forms;
        this.inventory = inventory;
        this.live = live;
        this.offered = offered;
        this.meshes = meshes;
    }

    /**
     * "Values of the running mesh": those of the declared mesh to which the clusters belong, else what a change would lose of an
     * Istio that is there.
     *
     * @param clusters names of clusters in the inventory; all of them if absent
     */
    @GetMapping(path = "/start-forms/values.yaml", produces = "application/yaml;charset=UTF-8")
    ResponseEntity<String> values(@RequestParam(required = false) @Nullable List<String> clusters) {
        List<ClusterName> known =
                inventory.clusters().stream().map(KnownCluster::name).toList();
        List<ClusterName> asked = clusters == null
                ? known
                : known.stream().filter(name -> clusters.contains(name.value())).toList();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=values.yaml")
                .body(declared(asked)
                        .orElseGet(() -> live.file(asked, offered.newestFirst().get(0))));
    }

    private Optional<String> declared(List<ClusterName> asked) {
        return meshes.all().stream()
                .filter(DeclaredMesh::isCertain)
                .filter(declared -> declared.values() != null)
                .filter(declared -> new HashSet<>(declared.mesh().clusters()).containsAll(asked))
                .findFirst()
                .map(declared -> LiveValues.file(declared.mesh(), declared.version()));
    }

    @GetMapping("/start-forms/{process}.form")
    ResponseEntity<JsonNode> form(@PathVariable String process, @AuthenticationPrincipal EngineUser user)
            throws IOException {
        if (!PROCESSES.contains(process)) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok(forms.filledIn(process + ".form", new Person(user.id(), user.groups())));
    }
}
