package io.meshspan.web.changes;

import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.engine.identity.ExternalPeople;
import io.meshspan.evidence.EvidenceExport;
import io.meshspan.plan.PlanView;
import io.meshspan.plan.PlanViews;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Read-only data for the pages, for users who are logged in and have a role. */
@RestController
@RequestMapping("/changes/data")
class ChangePagesController {

    /** Verifications on a page; REST has all of them. */
    private static final int NEWEST = 20;

    private final ChangeQueries changes;
    private final RunningChange running;
    private final Stages stages;
    private final Diagrams diagrams;
    private final Drawings drawings;
    private final EvidenceExport evidence;
    private final PlanViews plans;
    private final MeshQueries meshes;
    private final ExternalPeople people;
    private final DriftQueries drift;
    private final VerificationQueries verifications;

    ChangePagesController(
            ChangeQueries changes,
            RunningChange running,
            Stages stages,
            Diagrams diagrams,
            Drawings drawings,
            EvidenceExport evidence,
            PlanViews plans,
            MeshQueries meshes,
            ExternalPeople people,
            DriftQueries drift,
            VerificationQueries verifications) {
        this.verifications = verifications;
        this.people = people;
        this.drift = drift;
        this.changes = changes;
        this.running = running;
        this.stages = stages;
        this.diagrams = diagrams;
        this.drawings = drawings;
        this.evidence = evidence;
        this.plans = plans;
        this.meshes = meshes;
    }

    @GetMapping("/me")
    Reader me(Reader reader) {
        return reader;
    }

    /** What others call those whom identity providers name, by id. */
    @GetMapping("/people")
    Map<String, String> people(Reader reader) {
        return people.names();
    }

    @GetMapping("/changes")
    List<ChangeWithState> list(Reader reader, ChangeFilter filter) {
        return changes.list(filter, reader);
    }

    @GetMapping("/changes/{id}")
    ChangeView change(Reader reader, @PathVariable String id) {
        return changes.view(id, reader);
    }

    @GetMapping("/meshes")
    List<MeshView> meshes(Reader reader) {
        return meshes.all();
    }

    @GetMapping("/meshes/{mesh}")
    MeshView.WithHistory declaredMesh(Reader reader, @PathVariable String mesh) {
        return meshes.withHistory(mesh);
    }

    @GetMapping("/meshes/{mesh}/drift")
    DriftView drift(Reader reader, @PathVariable String mesh) {
        return drift.of(mesh);
    }

    @GetMapping(path = "/meshes/{mesh}/mesh.svg", produces = "image/svg+xml")
    String meshAsDeclared(Reader reader, @PathVariable String mesh) {
        return meshes.svg(mesh);
    }

    @GetMapping("/changes/{id}/now")
    ChangeStatus now(Reader reader, @PathVariable String id) {
        ChangeWithState change = changes.withState(id, reader);
        return ChangeStatus.of(change, stages.of(id), running.now(id), running.calls(id));
    }

    /** A plan that the change presented, object by object. */
    @GetMapping("/changes/{id}/plans/{digest}")
    PlanView plan(Reader reader, @PathVariable String id, @PathVariable String digest) {
        return plans.of(id, digest).orElseThrow(() -> new NoSuchChange("%s with a plan %s".formatted(id, digest)));
    }

    /** The change that a task belongs to. */
    @GetMapping("/tasks/{task}/change")
    ChangeView changeOfTask(Reader reader, @PathVariable String task) {
        return changes.view(running.changeOf(task), reader);
    }

    @GetMapping(path = "/changes/{id}/mesh.svg", produces = "image/svg+xml")
    String mesh(Reader reader, @PathVariable String id) {
        return drawings.svg(id);
    }

    @GetMapping("/meshes/{mesh}/verifications")
    Page<VerificationView> verifications(Reader reader, @PathVariable String mesh) {
        return verifications.page(mesh, new Page.Asked(NEWEST, "", ""));
    }

    @GetMapping("/meshes/{mesh}/verifications/{verification}")
    VerificationView.WithPairs verification(
            Reader reader, @PathVariable String mesh, @PathVariable String verification) {
        return verifications.one(mesh, verification);
    }

    @GetMapping(path = "/meshes/{mesh}/verifications.svg", produces = "image/svg+xml")
    String verificationChart(Reader reader, @PathVariable String mesh) {
        return verifications.svg(mesh);
    }

    @GetMapping(path = "/diagrams/{definition}", produces = MediaType.APPLICATION_XML_VALUE)
    byte[] diagram(Reader reader, @PathVariable String definition) throws IOException {
        return diagrams.xml(definition);
    }

    @GetMapping(path = "/changes/{id}/evidence.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> evidence(Reader reader, @PathVariable String id) {
        ChangeSummary change = changes.summary(id);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(change, "json"))
                .body(evidence.json(change, reader.nameAndId()));
    }

    @GetMapping(path = "/changes/{id}/evidence.html", produces = "text/html;charset=UTF-8")
    String evidencePage(Reader reader, @PathVariable String id) {
        return evidence.html(changes.summary(id), reader.nameAndId());
    }

    static String attachment(ChangeSummary change, String extension) {
        return ContentDisposition.attachment()
                .filename("change-%s-%s.%s".formatted(change.mesh(), change.id(), extension))
                .build()
                .toString();
    }
}
