package io.meshspan.plan;

import io.meshspan.adoption.ObjectAdoption;
import io.meshspan.mesh.Mesh;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The objects of an adoption: those of an installation of the same mesh, each of which is marked and otherwise left as it is. */
@Component
final class AdoptionObjects {

    private final DesiredMeshObjects installation;

    AdoptionObjects(DesiredMeshObjects installation) {
        this.installation = installation;
    }

    DesiredObjects of(Mesh mesh, Set<Step> steps) {
        DesiredObjects usual = installation.of(mesh, steps);
        return (member, approved) -> usual.of(member, approved).stream()
                .map(object -> object.step() == Step.SAMPLE ? object : adopted(mesh, object))
                .toList();
    }

    private static DesiredObject adopted(Mesh mesh, DesiredObject object) {
        return new DesiredObject(
                object.step(),
                object.object(),
                object.desired(),
                object.later(),
                object.step() == Step.TRUST ? object.note() : "",
                cluster -> ObjectAdoption.of(
                        mesh.id(), object.preview().apply(cluster), () -> cluster.live(object.object())));
    }
}
