package io.meshspan.plan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for, as it stands on record: it is put there when the change begins, and again with each plan, once the
 * clusters were looked at. Whoever decides, reads or audits is shown this, and no variable of the process.
 *
 * @param process the key of the process
 * @param processName as its diagram names it
 * @param kind told by the other fields for a change of an earlier release, which has none on record
 * @param leaving as earlier releases read it: the clusters that the kind takes away
 * @param options null for a change of an earlier release, of which they are not known
 * @param meshFile as it was submitted; null where the mesh was asked for by the fields of a form
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
     * What can be chosen besides the mesh itself.
     *
     * @param removeCrds whether Istio's CRDs go with a mesh, if that is approved
     * @param evenIfInjected whether workloads with a sidecar do not stop a removal
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Options(boolean keepSample, boolean urgent, boolean removeCrds, boolean evenIfInjected) {

        static final Options NONE = new Options(false, false, false, false);
    }

    /**
     * What the clusters and the configuration said when the plan was made.
     *
     * @param versions of the control planes that run there, by cluster; empty for a cluster without one
     * @param tag of Istio's images
     * @param hub null for that of Istio's charts
     * @param companyValues those of meshspan.values, as YAML; null if there are none
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

    public static ChangeRequest read(String json) {
        return PlanJson.read(json, ChangeRequest.class);
    }

    /** The mesh of the plan is the one that the plan is about, whatever was asked for. */
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

    /** A file of many clusters is long, and stands once in a record. */
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
