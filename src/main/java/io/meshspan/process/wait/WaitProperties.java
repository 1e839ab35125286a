package io.meshspan.process.wait;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long to wait before a person is asked.
 *
 * @param clusters for another change to end
 * @param steps for the steps of a change that were under way when its roll back began
 * @param callAgain between two rounds of calls to HelloWorld
 * @param lookAgain how soon a wait is renewed, should its watch have died with its node
 */
@ConfigurationProperties("meshspan.wait")
record WaitProperties(
        @DefaultValue("5m") Duration istiod,
        @DefaultValue("2m") Duration remote,
        @DefaultValue("5m") Duration gateway,
        @DefaultValue("10m") Duration address,
        @DefaultValue("1m") Duration sync,
        @DefaultValue("5m") Duration sample,
        @DefaultValue("30m") Duration clusters,
        @DefaultValue("5m") Duration steps,
        @DefaultValue("15s") Duration lookAgain,
        @DefaultValue("2s") Duration callAgain) {}
