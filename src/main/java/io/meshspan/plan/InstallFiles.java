package io.meshspan.plan;

import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.gateway.Discovery;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.manifest.ManifestPart;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.ValuesPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The input files of an installation tool for a cluster, as in Istio's guide: IstioOperators for istioctl, and for either
 * tool the custom values, merged from all layers.
 */
@Component
final class InstallFiles {

    private final Renderer renderer;
    private final Primary primary;
    private final Remote remote;
    private final Discovery discovery;
    private final EastWestGateway gateway;
    private final IngressGateway ingress;
    private final ValuesLayers layers;

    InstallFiles(
            Renderer renderer,
            Primary primary,
            Remote remote,
            Discovery discovery,
            EastWestGateway gateway,
            IngressGateway ingress,
            ValuesLayers layers) {
        this.renderer = renderer;
        this.primary = primary;
        this.remote = remote;
        this.discovery = discovery;
        this.gateway = gateway;
        this.ingress = ingress;
        this.layers = layers;
    }

    /** Keyed by the title of the part. */
    Map<String, String> of(Mesh mesh, Member member) {
        Map<String, String> files = new LinkedHashMap<>();
        parts(mesh, member).forEach(part -> renderer.source(part).ifPresent(text -> files.put(part.title(), text)));
        Stream.of(ValuesPart.values())
                .filter(part -> concerns(part, mesh, member))
                .forEach(part -> files.put(
                        "values." + part.key(), layers.given(part, mesh, member).text()));
        files.values().removeIf(String::isEmpty);
        return files;
    }

    private static boolean concerns(ValuesPart part, Mesh mesh, Member member) {
        return switch (part) {
            case EAST_WEST_GATEWAY -> mesh.gateways().contains(member);
            case INGRESS_GATEWAY -> mesh.extras().ingressGateway() && member.role() == Role.PRIMARY;
            default -> true;
        };
    }

    private List<ManifestPart> parts(Mesh mesh, Member member) {
        List<ManifestPart> parts = new ArrayList<>();
        parts.add(
                member.role() == Role.PRIMARY
                        ? primary.part(mesh, member)
                        : remote.part(mesh, member, discovery.of(mesh, member)));
        if (mesh.gateways().contains(member)) {
            parts.add(gateway.part(mesh, member));
        }
        ingress.part(mesh, member).ifPresent(parts::add);
        return parts;
    }
}
