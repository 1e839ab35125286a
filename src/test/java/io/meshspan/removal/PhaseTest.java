package io.meshspan.removal;

import static org.assertj.core.api.BDDAssertions.then;

import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MemberKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTest {

    @ParameterizedTest
    @CsvSource({
        "v1, Namespace, sample, SAMPLE",
        "v1, Secret, istio-remote-secret-cluster2, REMOTE_SECRETS",
        "networking.istio.io/v1, VirtualService, istiod-vs, EXPOSURE",
        "networking.istio.io/v1, Gateway, cross-network-gateway, EXPOSURE",
        "apps/v1, Deployment, istio-eastwestgateway, GATEWAYS",
        "v1, ServiceAccount, istio-eastwestgateway-service-account, GATEWAYS",
        "v1, Service, istio-ingressgateway, GATEWAYS",
        "apps/v1, Deployment, istiod-1-30-3, CONTROL_PLANE",
        "admissionregistration.k8s.io/v1, ValidatingWebhookConfiguration, istiod-default-validator, CONTROL_PLANE",
        "v1, Secret, cacerts, BASE",
        "v1, ConfigMap, istio-ca-root-cert, BASE",
        "v1, ConfigMap, istio-namespace-controller-election, BASE",
        "coordination.k8s.io/v1, Lease, istio-gateway-status-leader-default, BASE",
        "v1, ConfigMap, istio, CONTROL_PLANE",
        "v1, ConfigMap, meshspan-mesh1, NAMESPACE",
        "v1, Namespace, istio-system, NAMESPACE",
        "apiextensions.k8s.io/v1, CustomResourceDefinition, gateways.networking.istio.io, CRDS"
    })
    void shouldFollowFromKindAndName(String apiVersion, String kind, String name, Phase phase) {
        then(Phase.of(new ObjectRef(apiVersion, kind, null, name))).isEqualTo(phase);
    }

    @Test
    void shouldAskForEveryKindThatAMemberCanHave() {
        then(MemberKind.all()).hasSameSizeAs(ApplySet.kinds()).contains(new MemberKind("v1", "Secret"));
    }
}
