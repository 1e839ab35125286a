package io.meshspan.plan;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request, in the same words on every page, form and file.
 *
 * @param title the name of its approval
 * @param members the mesh's clusters; clusters with the same role and network form one part
 */
public record ShownRequest(
        String title,
        List<Fact> facts,
        List<Part> members,
        @Nullable String meshFile) {

    public ShownRequest {
        facts = List.copyOf(facts);
        members = List.copyOf(members);
    }

    public record Fact(String name, String value) {}

    /** @param becomes what happens to clusters that leave; otherwise empty */
    public record Part(String clusters, String network, String role, String becomes) {}

    public static ShownRequest of(ChangeRequest request) {
        return new ShownRequest(
                request.kind().approvalTitle(request.mesh().id(), request.processName()),
                RequestFacts.of(request),
                members(request),
                request.meshFile());
    }

    /** For a form, as Markdown. */
    public String markdown() {
        return RequestMarkdown.of(this);
    }

    private static List<Part> members(ChangeRequest request) {
        GroupedByClusters<Part> parts = new GroupedByClusters<>();
        request.mesh()
                .members()
                .forEach(member ->
                        parts.add(part(request, member), member.cluster().value()));
        ClusterNames names = new ClusterNames(
                request.mesh().members().stream().map(m -> m.cluster().value()).toList());
        return parts.byClusters().entrySet().stream()
                .flatMap(group -> group.getValue().stream().map(part -> named(names.inWords(group.getKey()), part)))
                .toList();
    }

    private static Part part(ChangeRequest request, Member member) {
        return new Part("", member.network().value(), member.roleInWords(), becomes(request, member.cluster()));
    }

    private static Part named(String clusters, Part part) {
        return new Part(clusters, part.network(), part.role(), part.becomes());
    }

    private static String becomes(ChangeRequest request, ClusterName cluster) {
        if (request.kind().removes().isEmpty()) {
            return "";
        }
        return request.kind().leaving().contains(cluster) ? "leaves" : "stays";
    }

    /** The members as a table; the first row is the header. */
    public List<List<String>> rows() {
        boolean becomes = members.stream().anyMatch(part -> !part.becomes().isEmpty());
        return Stream.concat(Stream.of(new Part("Clusters", "Network", "Role", "Becomes")), members.stream())
                .map(part -> becomes
                        ? List.of(part.clusters(), part.network(), part.role(), part.becomes())
                        : List.of(part.clusters(), part.network(), part.role()))
                .toList();
    }
}
