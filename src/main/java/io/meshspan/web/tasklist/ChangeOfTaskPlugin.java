package io.meshspan.web.tasklist;

import java.util.Set;
import org.camunda.bpm.tasklist.plugin.spi.impl.AbstractTasklistPlugin;

/** The link from Tasklist to the changes, registered in {@code META-INF/services}. */
public final class ChangeOfTaskPlugin extends AbstractTasklistPlugin {

    static final String ID = "mesh-changes-tasks";

    @Override
    public String getId() {
        return ID;
    }

    /** Only its files: the tab reads its data from {@code /changes/data}. */
    @Override
    public Set<Class<?>> getResourceClasses() {
        return Set.of(ChangeOfTaskRoot.class);
    }
}
