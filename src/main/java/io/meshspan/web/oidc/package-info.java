/** Single sign-on: identity providers, what their tokens say, and the sessions that begin there. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web.oidc;
