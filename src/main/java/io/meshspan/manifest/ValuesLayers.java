package io.meshspan.manifest;

import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that a chart gets in a cluster, from the weakest to the strongest: the chart's own values, which Helm knows;
 * the company's; the mesh's; the cluster's; the values that the mesh determines. The source of Istio's images
 * ({@code global.hub} and {@code global.tag}) follows the same order; the settings give it with a weaker priority than the
 * company's values.
 */
public final class ValuesLayers {

    private static final int TLS = 15443;
    private static final String GLOBAL = "global";
    private static final String HUB = "hub";
    private static final String TAG = "tag";

    private final ChartProperties charts;
    private final HelmValues company;

    ValuesLayers(ChartProperties charts, HelmValues company) {
        this.charts = charts;
        this.company = company;
    }

    /** The values for the whole company. */
    public HelmValues company() {
        return company;
    }

    /** The values that anybody gave for a part in this cluster, merged from the weakest on: a null hides what is below it. */
    public HelmValues given(ValuesPart part, Mesh mesh, Member member) {
        return member.values().part(part).over(mesh.values().part(part).over(company.part(part)));
    }

    /** The given values, overwritten by the values that the mesh determines. */
    public HelmValues with(HelmValues owned, ValuesPart part, Mesh mesh, Member member) {
        HelmValues given = given(part, mesh, member);
        return owned.over(part == ValuesPart.ISTIOD ? given.over(images(mesh, member)) : given);
    }

    /** {@code global.hub} and {@code global.tag} for a cluster. */
    public HelmValues images(Mesh mesh, Member member) {
        return images(mesh, member.values());
    }

    /** The same for all clusters that have no values of their own for them. */
    public HelmValues images(Mesh mesh) {
        return images(mesh, HelmValues.NONE);
    }

    /** Charts of a source tree name development images, so the tag is always set. */
    private HelmValues images(Mesh mesh, HelmValues own) {
        ImageSource asked = mesh.images();
        HelmValues all = own.part(ValuesPart.ISTIOD)
                .over(mesh.values().part(ValuesPart.ISTIOD))
                .over(images(asked.hub(), asked.tag()))
                .over(company.part(ValuesPart.ISTIOD))
                .over(images(charts.hub(), charts.tag() == null ? mesh.version().toString() : charts.tag()));
        return images(
                all.at(List.of(GLOBAL, HUB)).orElse(null),
                all.at(List.of(GLOBAL, TAG)).orElse(null));
    }

    private static HelmValues images(@Nullable Object hub, @Nullable Object tag) {
        Map<String, Object> images = new HashMap<>();
        if (hub != null) {
            images.put(HUB, hub);
        }
        if (tag != null) {
            images.put(TAG, tag);
        }
        return images.isEmpty() ? HelmValues.NONE : new HelmValues(Map.of(GLOBAL, images));
    }

    /** The port of an east-west gateway's Service for the traffic of other networks. */
    public int tlsPort(Mesh mesh, Member member) {
        return given(ValuesPart.EAST_WEST_GATEWAY, mesh, member)
                .at(List.of("networkGatewayPorts", "tls", "port"))
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .orElse(TLS);
    }

    /**
     * Istio's {@code global.meshNetworks} for gateways with a declared address; empty if there are none. Istiod finds the
     * other gateways by their Services.
     */
    public Map<String, Object> declaredNetworks(Mesh mesh) {
        Map<String, Object> networks = new TreeMap<>();
        if (mesh.multiNetwork()) {
            mesh.networks().forEach(network -> {
                List<Map<String, Object>> gateways = mesh.members().stream()
                        .filter(member -> member.network().equals(network))
                        .flatMap(member -> member.declaredGateway().stream()
                                .map(gateway -> Map.<String, Object>of(
                                        "address",
                                        gateway.address(),
                                        "port",
                                        gateway.ownPort().orElseGet(() -> tlsPort(mesh, member)))))
                        .toList();
                if (!gateways.isEmpty()) {
                    networks.put(network.value(), Map.of("gateways", gateways));
                }
            });
        }
        return networks;
    }

    /** The beginning of an IstioOperator, with images and revision. The caller adds the rest. */
    public Map<String, Object> operator(Mesh mesh, Member member) {
        Map<String, Object> spec = new LinkedHashMap<>();
        HelmValues images = images(mesh, member).below(GLOBAL);
        for (String key : List.of(HUB, TAG)) {
            images.at(List.of(key)).ifPresent(value -> spec.put(key, value));
        }
        if (mesh.revision().isNamed()) {
            spec.put("revision", mesh.revision().value());
        }
        return spec;
    }
}
