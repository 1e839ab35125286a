package io.meshspan.manifest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The renderer that the configuration names; what comes after rendering is the same for all. */
@Configuration(proxyBeanMethods = false)
class RendererChoice {

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
