/** Watches when credentials of declared meshes end, and asks operators in time. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.expiry;
