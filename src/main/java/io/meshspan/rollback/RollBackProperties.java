package io.meshspan.rollback;

import io.meshspan.mesh.DnsLabel;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a change keeps what it writes over.
 *
 * @param namespace Where, in each cluster, a change keeps the objects that it writes over until it ends: a namespace that
 *     exists before Istio does, and is not for everybody to read.
 */
@Validated
@ConfigurationProperties("meshspan.roll-back")
record RollBackProperties(
        @DefaultValue("kube-system") @Pattern(regexp = DnsLabel.FORM, message = DnsLabel.IN_WORDS)
        String namespace) {}
