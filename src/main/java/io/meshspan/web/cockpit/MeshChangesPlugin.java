package io.meshspan.web.cockpit;

import java.util.Set;
import org.camunda.bpm.cockpit.plugin.spi.impl.AbstractCockpitPlugin;

/** "Mesh changes" in Cockpit, registered in {@code META-INF/services}. Its files are in {@code plugin-webapp/}. */
public final class MeshChangesPlugin extends AbstractCockpitPlugin {

    static final String ID = "mesh-changes";

    @Override
    public String getId() {
        return ID;
    }

    /** Only its files: the page reads its data from {@code /changes/data}. */
    @Override
    public Set<Class<?>> getResourceClasses() {
        return Set.of(MeshChangesRoot.class);
    }
}
