package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.ValuesPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Renders an IstioOperator file with {@code istioctl manifest generate}, which talks to no cluster. */
final class IstioctlRenderer implements Renderer {

    private final Istioctl istioctl;
    private final ManifestFolder manifests;
    private final RenderCache rendered = new RenderCache();
    private final Map<GenericKubernetesResource, GenericKubernetesResource> shared = new ConcurrentHashMap<>();

    IstioctlRenderer(Istioctl istioctl, ManifestFolder manifests) {
        this.istioctl = istioctl;
        this.manifests = manifests;
    }

    @Override
    public List<GenericKubernetesResource> render(ManifestPart part) {
        return rendered.get(new RenderCache.Key(part.version(), part.operator()), () -> generate(part));
    }

    @Override
    public Optional<String> source(ManifestPart part) {
        return Optional.of(OperatorFile.text(part));
    }

    /** istioctl knows its values, and refuses others. */
    @Override
    public Optional<String> defaults(Chart chart, IstioVersion version) {
        return Optional.empty();
    }

    @Override
    public List<List<String>> inexpressible(ValuesPart part, HelmValues given) {
        return OperatorValues.inexpressible(part, given);
    }

    @Override
    public List<Finding> check(IstioVersion version) {
        List<Finding> findings = new ArrayList<>();
        manifests.check(version).ifPresent(findings::add);
        try {
            otherMinor(version, istioctl.version(version)).ifPresent(findings::add);
        } catch (StepFailed e) {
            findings.addAll(e.findings());
        }
        return findings;
    }

    private List<GenericKubernetesResource> generate(ManifestPart part) {
        List<Finding> findings = check(part.version());
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.CHARTS_UNUSABLE, findings);
        }
        return OperatorFile.with(part, file -> {
            List<String> arguments = new ArrayList<>(List.of("-f", file.toString()));
            arguments.addAll(manifests.arguments(part.version()));
            return ManifestYaml.parse(istioctl.generate(part.version(), arguments)).stream()
                    .map(this::once)
                    .toList();
        });
    }

    /** The CRDs, one megabyte, are the same for the file of every cluster. */
    private GenericKubernetesResource once(GenericKubernetesResource object) {
        return object.getKind().equals("CustomResourceDefinition")
                ? shared.computeIfAbsent(object, same -> same)
                : object;
    }

    private Optional<Finding> otherMinor(IstioVersion wanted, String found) {
        String minor = "%d.%d".formatted(wanted.major(), wanted.minor());
        return found.equals(minor) || found.startsWith(minor + ".") || found.startsWith(minor + "-")
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        "istioctl",
                        istioctl.program(wanted),
                        "istioctl of Istio " + minor,
                        "version '%s'".formatted(found),
                        "Name one of the version in meshspan.istioctl.path ({version} stands for it), or install %s."
                                .formatted(found)));
    }
}
