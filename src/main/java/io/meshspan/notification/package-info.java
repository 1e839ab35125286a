/** Tells people and programs outside what happens in changes, at least once, through an outbox (docs/notifications.md). */
@org.jspecify.annotations.NullMarked
package io.meshspan.notification;
