package io.meshspan.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders Istio's own charts in process, with Helm's code. Never {@code install}: Meshspan applies by itself. */
@Component
final class HelmRenderer implements Renderer {

    static final String NAMESPACE = "istio-system";

    private final ChartLocation location;
    private final RenderedOnce rendered = new RenderedOnce();
    private final ObjectMapper json = new ObjectMapper();
    private final ChartRepository repository;

    HelmRenderer(ChartProperties properties) {
        this.location = new ChartLocation(properties.source());
        this.repository = new ChartRepository(location, properties.source());
    }

    @Override
    public List<GenericKubernetesResource> render(Chart chart, IstioVersion version, Map<String, Object> values) {
        return rendered.get(
                new RenderedOnce.Key(chart, version, values),
                () -> ManifestYaml.parse(template(chart, version, values)));
    }

    private String template(Chart chart, IstioVersion version, Map<String, Object> values) {
        String reference = location.reference(chart, version);
        try {
            return withValuesFile(values, file -> {
                TemplateCommand command = Helm.template(reference)
                        .withName(chart.release())
                        .withNamespace(NAMESPACE)
                        .withValuesFile(file);
                String text = repository.versioned(command, version).call();
                return text == null ? unusable(chart, "Helm stopped without an answer") : text;
            });
        } catch (IllegalStateException e) {
            return unusable(chart, String.valueOf(e.getMessage()).strip());
        }
    }

    private interface Rendering {
        @Nullable
        String with(Path valuesFile);
    }

    private String withValuesFile(Map<String, Object> values, Rendering rendering) {
        try {
            Path file = Files.createTempFile("meshspan-values", ".json");
            try {
                json.writeValue(file.toFile(), values);
                return String.valueOf(rendering.with(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder cannot be written", e);
        }
    }

    private String unusable(Chart chart, String found) {
        throw new StepFailed(
                FailureCode.CHARTS_UNUSABLE,
                Finding.blocking(
                        "charts",
                        location.describe(chart),
                        "a chart '%s' that Helm can render".formatted(chart.published()),
                        found,
                        "Check meshspan.charts.source and the Istio version."));
    }
}
