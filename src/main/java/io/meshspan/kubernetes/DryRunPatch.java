package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** A server-side apply that answers what the object would become, in full. */
final class DryRunPatch {

    static final String FIELD_MANAGER = "meshspan";

    private DryRunPatch() {}

    static GenericKubernetesResource dryRun(
            Resource<GenericKubernetesResource> target, GenericKubernetesResource wanted) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .withDryRun(List.of("All"))
                .build();
        return TransientRetry.ifLost(() -> target.patch(context, wanted));
    }
}
