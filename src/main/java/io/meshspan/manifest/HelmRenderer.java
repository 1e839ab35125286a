package io.meshspan.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.ValuesPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders Istio's own charts in process, with Helm's code. It never runs {@code install}: Meshspan applies the objects
 * itself.
 */
final class HelmRenderer implements Renderer {

    private static final Logger LOG = LoggerFactory.getLogger(HelmRenderer.class);

    /** Helm's messages if the chart exists and a value makes it invalid, for example a quote inside the template's quotes. */
    private static final Pattern OF_VALUES = Pattern.compile("specifications of the schema|/templates/");

    private final ChartLocation location;
    private final RenderCache rendered = new RenderCache();
    private final ObjectMapper json = new ObjectMapper();
    private final ChartRepository repository;

    HelmRenderer(ChartProperties properties) {
        this.location = new ChartLocation(properties.source());
        this.repository = new ChartRepository(location, properties);
    }

    @Override
    public List<GenericKubernetesResource> render(ManifestPart part) {
        return part.releases().stream()
                .flatMap(release -> render(release, part.version()).stream())
                .toList();
    }

    /** Charts need no file of their own: the mesh determines their values. */
    @Override
    public Optional<String> source(ManifestPart part) {
        return Optional.empty();
    }

    @Override
    public Optional<String> defaults(Chart chart, IstioVersion version) {
        try {
            return repository.values(chart, version);
        } catch (IllegalStateException e) {
            LOG.debug(
                    "No values.yaml of {}: {}",
                    location.describe(chart),
                    repository.cleaned(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Helm passes every value to the chart. */
    @Override
    public List<List<String>> inexpressible(ValuesPart part, HelmValues given) {
        return List.of();
    }

    /** Helm is part of this service, for most platforms. Whether the charts can be rendered is known when the plan is made. */
    @Override
    public List<Finding> check(IstioVersion version) {
        List<Finding> missing = new HelmLibrary().missing();
        return missing.isEmpty() ? new ChartsOnDisk(location, version).check() : missing;
    }

    private List<GenericKubernetesResource> render(Release release, IstioVersion version) {
        return rendered.get(
                new RenderCache.Key(version, release), () -> ManifestYaml.parse(template(release, version)));
    }

    private String template(Release release, IstioVersion version) {
        Chart chart = release.chart();
        String reference = location.reference(chart, version);
        try {
            return withValuesFile(release.values(), file -> {
                TemplateCommand command = Helm.template(reference)
                        .withName(release.name())
                        .withNamespace(release.namespace())
                        .withValuesFile(file);
                String text = repository.call(command, version);
                return text == null ? unusable(chart, "Helm stopped without an answer") : text;
            });
        } catch (IllegalStateException e) {
            return unusable(
                    chart, repository.cleaned(String.valueOf(e.getMessage()).strip()));
        }
    }

    private interface Rendering {
        @Nullable
        String with(Path valuesFile);
    }

    private String withValuesFile(HelmValues values, Rendering rendering) {
        try {
            String content = json.writeValueAsString(values);
            return WorkFolder.withFile(".json", content, file -> String.valueOf(rendering.with(file)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values could not be written", e);
        }
    }

    private String advice() {
        return "Check meshspan.charts.source and the Istio version"
                + (location.isRepository() || location.isRegistry()
                        ? "; meshspan.charts.username and .password if it asks for a login, and meshspan.charts.ca-file if"
                                + " its certificate is not known to this machine."
                        : ".");
    }

    private static String parts(Chart chart) {
        return Stream.of(ValuesPart.values())
                .filter(part -> part.isChart() && Chart.of(part) == chart)
                .map(part -> "values." + part.key())
                .collect(Collectors.joining(" or "));
    }

    private String unusable(Chart chart, String found) {
        throw new StepFailed(
                FailureCode.CHARTS_UNUSABLE,
                Finding.blocking(
                        "charts",
                        location.describe(chart),
                        "a chart '%s' that Helm can render".formatted(chart.published()),
                        found,
                        OF_VALUES.matcher(found).find()
                                ? "Correct these values in the part of this chart: %s".formatted(parts(chart))
                                : advice()));
    }
}
