package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Establishes CustomResourceDefinitions; the API serves their kinds from then on. */
final class CrdController implements Controller {

    @Override
    public void reconcile(RunningCluster cluster) {
        for (ObjectNode crd : cluster.store().list(Catalog.CRD_GROUP, Catalog.CRDS, "")) {
            if (!Catalog.established(crd)) {
                cluster.store().edit(new Key(Catalog.CRD_GROUP, Catalog.CRDS, "", Json.name(crd)), live -> {
                    ArrayNode conditions = live.withObject("/status").putArray("conditions");
                    for (String type : List.of("NamesAccepted", "Established")) {
                        conditions
                                .addObject()
                                .put("type", type)
                                .put("status", "True")
                                .put("lastTransitionTime", Lifecycle.now());
                    }
                });
            }
        }
    }
}
