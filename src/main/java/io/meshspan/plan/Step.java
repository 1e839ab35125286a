package io.meshspan.plan;

import java.util.EnumSet;
import java.util.Set;

/** The steps of a change that write to clusters, in the order of the guide; each object of a plan belongs to one. */
public enum Step {
    NAMESPACE,
    TRUST,
    CONTROL_PLANE,
    INGRESS_GATEWAY,
    GATEWAY,
    EXPOSE_ISTIOD,
    EXPOSE_SERVICES,
    ENDPOINT_DISCOVERY,

    /** Of an upgrade: namespaces whose label leads to the new revision, wave by wave. */
    NAMESPACE_REVISION,

    /** Of an upgrade: workloads that restart, so that their pods get the proxy of the new revision. */
    WORKLOAD_RESTART,

    /** Of an upgrade: what makes the new revision the one for namespaces that name none. */
    DEFAULT_REVISION,

    /** Of an upgrade: the control planes of the old revision, and what newer charts no longer have, which go at the end. */
    OLD_REVISION,

    /** HelloWorld, only during the verification. */
    SAMPLE;

    /** The steps of an installation whose objects are rendered and then applied. */
    static Set<Step> ofInstallation() {
        return EnumSet.complementOf(EnumSet.of(NAMESPACE_REVISION, WORKLOAD_RESTART, DEFAULT_REVISION, OLD_REVISION));
    }

    /** The rendered steps of an upgrade. Trust and access between clusters stay as they are. */
    static Set<Step> ofUpgrade() {
        return EnumSet.of(
                CONTROL_PLANE, INGRESS_GATEWAY, GATEWAY, EXPOSE_ISTIOD, EXPOSE_SERVICES, DEFAULT_REVISION, SAMPLE);
    }

    /** The steps whose objects an adoption marks. */
    public static Set<Step> ofAdoption() {
        Set<Step> steps = EnumSet.copyOf(ofInstallation());
        steps.remove(SAMPLE);
        return steps;
    }

    /** The rendered steps of an upgrade in place: the revision stays the default one, if it is. */
    static Set<Step> ofUpgradeInPlace() {
        Set<Step> steps = EnumSet.copyOf(ofUpgrade());
        steps.remove(DEFAULT_REVISION);
        return steps;
    }
}
