package io.meshspan.condition;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long to wait before a person is asked.
 *
 * @param trust How long to wait until cert-manager has signed every requested certificate before a person is asked.
 * @param istiod How long to wait for istiod of a primary before a person is asked.
 * @param remote How long to wait for a remote to be ready before a person is asked.
 * @param gateway How long to wait for a gateway's pods before a person is asked.
 * @param address How long to wait for a gateway's address before a person is asked.
 * @param sync How long to wait for the control planes to be in sync; then the tests go on and the report says what is missing.
 * @param sample How long to wait for HelloWorld's pods before a person is asked.
 * @param rollout How long to wait for a workload that an upgrade restarts before a person is asked.
 * @param clusters How long a change waits for another one to end before a person is asked.
 * @param steps How long a roll back waits for the steps that were under way when it began.
 * @param calls How long a round of calls to HelloWorld may take, with those that died with their node, before a person is asked.
 * @param scheduling How long a pod may find no node before that ends a wait, since an autoscaler may bring one.
 * @param lookAgain How soon a wait is renewed, should its watch have died with its node.
 * @param callAgain How long it takes from one round of calls to HelloWorld to the next.
 */
@Validated
@ConfigurationProperties("meshspan.wait")
public record WaitProperties(
        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration trust,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration istiod,

        @DefaultValue("2m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration remote,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration gateway,

        @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration address,

        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration sync,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration sample,

        @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration rollout,

        @DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration clusters,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration steps,

        @DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration calls,

        @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration scheduling,

        @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration lookAgain,

        @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration callAgain) {}
