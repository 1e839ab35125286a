package io.meshspan.rollback;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a change keeps what it writes over.
 *
 * @param namespace exists in every cluster before Istio does, and is not for everybody to read
 */
@Validated
@ConfigurationProperties("meshspan.roll-back")
record RollBackProperties(
        @DefaultValue("kube-system") @NotBlank String namespace) {}
