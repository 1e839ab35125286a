package io.meshspan.mesh;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.List;

/** The rules for the names of clusters in Istio: each control plane would treat two clusters of one name as one. */
final class IstioNameRules {

    private IstioNameRules() {}

    /** @throws StepFailed INPUT_REJECTED with each member whose name, or whose remote secret's, is that of another, too */
    static void require(List<Member> members) {
        List<Finding> twice = members.stream()
                .filter(member -> members.stream()
                        .anyMatch(other -> !other.cluster().equals(member.cluster())
                                && (other.istioName().equals(member.istioName())
                                        || other.remoteSecret().equals(member.remoteSecret()))))
                .map(IstioNameRules::calledTwice)
                .toList();
        if (!twice.isEmpty()) {
            throw new StepFailed(FailureCode.INPUT_REJECTED, twice);
        }
    }

    private static Finding calledTwice(Member member) {
        return Finding.blocking(
                member.cluster().value(),
                "cluster-name in the inventory",
                "a name in Istio that no other cluster of the mesh has",
                InputRules.quoted(member.istioName().value()),
                "Correct meshspan.inventory.clusters.%s.cluster-name.".formatted(member.cluster()));
    }
}
