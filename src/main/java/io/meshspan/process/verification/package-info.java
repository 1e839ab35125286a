/** Verifies declared meshes on a schedule, and keeps the results of all verifications. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.verification;
