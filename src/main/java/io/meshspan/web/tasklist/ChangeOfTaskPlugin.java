package io.meshspan.web.tasklist;

import java.util.Set;
import org.camunda.bpm.tasklist.plugin.spi.impl.AbstractTasklistPlugin;

/** The way from Tasklist to the changes; found by its name in {@code META-INF/services}. */
public final class ChangeOfTaskPlugin extends AbstractTasklistPlugin {

    static final String ID = "mesh-changes-tasks";

    @Override
    public String getId() {
        return ID;
    }

    /** Only its files: the tab reads what {@code /changes/data} offers. */
    @Override
    public Set<Class<?>> getResourceClasses() {
        return Set.of(ChangeOfTaskRoot.class);
    }
}
