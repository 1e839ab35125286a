package io.meshspan.manifest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The renderer that the configuration names. All later steps are the same for every renderer. */
@Configuration(proxyBeanMethods = false)
class RendererChoice {

    /** @throws io.meshspan.finding.StartupFailure if the company's values cannot be used */
    @Bean
    ValuesLayers valuesLayers(RenderingProperties rendering, ChartProperties charts) {
        return new ValuesLayers(charts, CompanyValues.read(rendering.values()));
    }

    @Bean
    Renderer renderer(RenderingProperties rendering, ChartProperties charts) {
        return switch (rendering.renderer()) {
            case HELM -> new HelmRenderer(charts);
            case ISTIOCTL ->
                new IstioctlRenderer(
                        new Istioctl(rendering.istioctl()), new ManifestFolder(new ChartLocation(charts.source())));
        };
    }
}
