package io.meshspan.plan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recorded request. It is recorded when the change starts, and again with each plan, after the clusters were read. People
 * who decide, read or audit see this record, never a process variable.
 *
 * @param process the key of the process
 * @param processName the name in its diagram
 * @param kind for changes of an earlier release, which did not record it, derived from the other fields
 * @param leaving in the format of earlier releases: the clusters that the change removes
 * @param options null for a change of an earlier release, which did not record them
 * @param meshFile as submitted; null if the mesh came from form fields
 * @param requester null if nobody was logged in
 * @param requesterName what others call them; null if that is the id
 * @param at when, as ISO 8601 writes an instant
 * @param found null until the clusters were looked at
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeRequest(
        String process,
        String processName,
        ChangeKind kind,
        Mesh mesh,
        List<ClusterName> leaving,
        @Nullable Options options,
        @Nullable String meshFile,
        @Nullable String requester,
        @Nullable String requesterName,
        String reason,
        String at,
        @Nullable Found found) {

    public ChangeRequest {
        leaving = List.copyOf(Objects.requireNonNullElse(leaving, List.of()));
        Options chosen = Objects.requireNonNullElse(options, Options.NONE);
        kind = Objects.requireNonNullElse(
                kind,
                ChangeKind.earlier(
                        process, mesh.clusters(), new Removal(leaving, chosen.removeCrds(), chosen.evenIfInjected())));
    }

    /**
     * The options of a request, besides the mesh itself.
     *
     * @param removeCrds whether the removal of a mesh also deletes Istio's CRDs, if that is approved
     * @param evenIfInjected whether a removal continues although workloads have a sidecar
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Options(boolean keepSample, boolean urgent, boolean removeCrds, boolean evenIfInjected) {

        static final Options NONE = new Options(false, false, false, false);
    }

    /**
     * What the clusters and the configuration contained when the plan was made.
     *
     * @param versions of the running control planes, by cluster; empty for a cluster without one
     * @param tag of Istio's images
     * @param hub null for the hub of Istio's charts
     * @param companyValues the values of meshspan.values, as YAML; null if there are none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(
            Map<String, String> versions,
            String tag,
            @Nullable String hub,
            @Nullable String companyValues) {

        public Found(Map<String, String> versions, String tag, @Nullable String hub) {
            this(versions, tag, hub, null);
        }

        public Found {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }
    }

    /** A request of this service itself, now: nobody has asked, and nothing has been chosen. */
    public static ChangeRequest ofTheService(
            String process, String processName, ChangeKind kind, Mesh mesh, String reason) {
        return new ChangeRequest(
                process,
                processName,
                kind,
                mesh,
                List.of(),
                null,
                null,
                null,
                null,
                reason,
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                null);
    }

    public static ChangeRequest read(String json) {
        return PlanJson.read(json, ChangeRequest.class);
    }

    /** The request with the mesh of the plan, which may differ from the requested one. */
    public ChangeRequest planned(Mesh planned, @Nullable Found seen) {
        return new ChangeRequest(
                process,
                processName,
                kind,
                planned,
                leaving,
                options,
                meshFile,
                requester,
                requesterName,
                reason,
                at,
                seen);
    }

    /** The file can be long, so a record has it only once. */
    public ChangeRequest withFile(@Nullable String file) {
        return new ChangeRequest(
                process, processName, kind, mesh, leaving, options, file, requester, requesterName, reason, at, found);
    }

    /** The clusters that stay in the mesh. */
    public List<ClusterName> staying() {
        return mesh.clusters().stream()
                .filter(cluster -> !kind.leaving().contains(cluster))
                .toList();
    }
}
