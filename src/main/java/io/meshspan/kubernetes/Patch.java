package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** A server-side apply as it goes over the wire, for real or as a dry run. */
final class Patch {

    private static final String FIELD_MANAGER = "meshspan";

    private Patch() {}

    static GenericKubernetesResource send(
            Resource<GenericKubernetesResource> target, GenericKubernetesResource wanted, boolean dryRun) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .withDryRun(dryRun ? List.of("All") : null)
                .build();
        return Again.ifLost(() -> target.patch(context, wanted));
    }
}
