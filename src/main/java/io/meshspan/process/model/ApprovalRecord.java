package io.meshspan.process.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The part of a recorded decision that other steps go by.
 *
 * @param at as ISO 8601 writes an instant
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ApprovalRecord(boolean approved, String by, String at) {}
