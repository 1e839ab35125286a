package io.meshspan.rollback;

import io.meshspan.mesh.DnsLabel;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The place where a change stores what it overwrites.
 *
 * @param namespace The namespace in each cluster where a change stores the objects that it overwrites, until it ends; it
 *     must exist before Istio does, and not everybody may read it.
 */
@Validated
@ConfigurationProperties("meshspan.roll-back")
record RollBackProperties(
        @DefaultValue("kube-system") @Pattern(regexp = DnsLabel.FORM, message = DnsLabel.IN_WORDS)
        String namespace) {}
