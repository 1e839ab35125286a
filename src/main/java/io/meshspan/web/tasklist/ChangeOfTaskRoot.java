package io.meshspan.web.tasklist;

import jakarta.ws.rs.Path;
import org.camunda.bpm.tasklist.resource.AbstractTasklistPluginRootResource;

/** Serves the plug-in's files. */
@Path("plugin/" + ChangeOfTaskPlugin.ID)
public final class ChangeOfTaskRoot extends AbstractTasklistPluginRootResource {

    public ChangeOfTaskRoot() {
        super(ChangeOfTaskPlugin.ID);
    }
}
