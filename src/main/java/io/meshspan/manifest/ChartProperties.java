package io.meshspan.manifest;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Istio's charts come from.
 *
 * @param source a Helm repository ({@code https://...}), a registry ({@code oci://...}), or a folder with charts or
 *     their archives; {@code {version}} in it stands for the Istio version
 * @param hub the registry of Istio's images, Istio's {@code global.hub}; the charts' own if absent
 * @param tag the images' tag, Istio's {@code global.tag}; the Istio version if absent
 */
@ConfigurationProperties("meshspan.charts")
record ChartProperties(
        @DefaultValue("https://istio-release.storage.googleapis.com/charts")
        String source,

        @Nullable String hub,
        @Nullable String tag) {}
