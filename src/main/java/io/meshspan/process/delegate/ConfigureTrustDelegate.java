package io.meshspan.process.delegate;

import io.meshspan.mesh.Mesh;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.trust.CertificatesInPlace;
import io.meshspan.trust.MeshTrust;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Configure trust. */
@Component
final class ConfigureTrustDelegate implements JavaDelegate {

    private final MeshTrust trust;
    private final CertificatesInPlace certificates;
    private final ChangeRecord record;

    ConfigureTrustDelegate(MeshTrust trust, CertificatesInPlace certificates, ChangeRecord record) {
        this.trust = trust;
        this.certificates = certificates;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        record.applied(execution, trust.configure(mesh));
        record.certificates(execution, certificates.of(mesh));
    }
}
