package io.meshspan.web.cockpit;

import jakarta.ws.rs.Path;
import org.camunda.bpm.cockpit.plugin.resource.AbstractCockpitPluginRootResource;

/** Serves the plug-in's files. */
@Path("plugin/" + MeshChangesPlugin.ID)
public final class MeshChangesRoot extends AbstractCockpitPluginRootResource {

    public MeshChangesRoot() {
        super(MeshChangesPlugin.ID);
    }
}
