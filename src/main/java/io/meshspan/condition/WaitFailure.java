package io.meshspan.condition;

import io.meshspan.finding.Finding;

/**
 * Why a wait will not end well, as the cluster tells it.
 *
 * @param evidence tells this observation from a later one: what a person has read once ends no second wait
 * @param lasting whether waiting on will hardly help; else it is only told when the limit is reached
 */
public record WaitFailure(String evidence, boolean lasting, Finding finding) {}
