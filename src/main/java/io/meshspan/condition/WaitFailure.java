package io.meshspan.condition;

import io.meshspan.finding.Finding;

/**
 * Why a wait will fail, in the cluster's own words.
 *
 * @param evidence distinguishes this observation from later ones: a failure that a person has read ends no second wait
 * @param lasting whether it will probably not go away; otherwise it is only reported at the time limit
 */
public record WaitFailure(String evidence, boolean lasting, Finding finding) {}
