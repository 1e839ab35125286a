/** When the credentials of a declared mesh end: root, intermediates, gateway certificates, and remote tokens that do. */
@org.jspecify.annotations.NullMarked
package io.meshspan.expiry;
