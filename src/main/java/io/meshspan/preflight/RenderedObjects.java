package io.meshspan.preflight;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.finding.StepFailed;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.ExposedIstiod;
import io.meshspan.gateway.ExposedServices;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.verification.MeshVerification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The objects that a change writes to a cluster, according to the charts and the request; includes the sample. */
@Component
final class RenderedObjects {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final IstioNamespaces namespaces;
    private final Primary primary;
    private final Remote remote;
    private final EastWestGateway gateway;
    private final IngressGateway ingress;
    private final MeshVerification verification;

    RenderedObjects(
            IstioNamespaces namespaces,
            Primary primary,
            Remote remote,
            EastWestGateway gateway,
            IngressGateway ingress,
            MeshVerification verification) {
        this.namespaces = namespaces;
        this.primary = primary;
        this.remote = remote;
        this.gateway = gateway;
        this.ingress = ingress;
        this.verification = verification;
    }

    /** Empty if the charts cannot be rendered, which {@link MeshChecks} reports. */
    List<HasMetadata> of(Mesh mesh, Member member) {
        try {
            List<HasMetadata> objects = new ArrayList<>();
            objects.addAll(namespaces.desired(mesh, member));
            objects.addAll(
                    member.role() == Role.PRIMARY
                            ? primary.desired(mesh, member)
                            : remote.desired(mesh, member, Optional.empty()));
            if (mesh.gateways().contains(member)) {
                objects.addAll(gateway.desired(mesh, member));
            }
            objects.addAll(ingress.desired(mesh, member));
            if (mesh.exposingServices().contains(member)) {
                objects.addAll(ExposedServices.desired(mesh));
            }
            if (mesh.exposingIstiod().contains(member)) {
                objects.addAll(ExposedIstiod.desired(mesh));
            }
            objects.addAll(verification.sample(mesh, member.cluster()));
            return objects;
        } catch (StepFailed unusable) {
            return List.of();
        }
    }

    /** Certificates and remote secrets, which no chart has, without their content. */
    static Stream<HasMetadata> secrets(Mesh mesh, Member member) {
        return Stream.concat(
                        Stream.of("cacerts"),
                        member.role() == Role.PRIMARY
                                ? mesh.members().stream()
                                        .filter(other -> !other.equals(member))
                                        .map(Member::remoteSecret)
                                : Stream.of())
                .map(name -> new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(IstioNamespace.NAME)
                        .withName(name)
                        .endMetadata()
                        .build());
    }

    <T extends HasMetadata> Stream<T> of(Mesh mesh, Member member, Class<T> type) {
        return of(mesh, member).stream()
                .filter(object -> object.getKind().equals(HasMetadata.getKind(type)))
                .map(object -> JSON.convertValue(object, type));
    }
}
