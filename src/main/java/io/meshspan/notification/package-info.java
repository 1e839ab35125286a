/** Sends events of changes to people and programs outside, at least once, through an outbox (docs/notifications.md). */
@org.jspecify.annotations.NullMarked
package io.meshspan.notification;
