/** The client of one API server: how it reaches it, signs in, and which writes got no answer. */
@org.jspecify.annotations.NullMarked
package io.meshspan.kubernetes.connection;
