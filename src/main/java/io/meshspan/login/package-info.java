/** What this service needs to log in to an API server, and the way to reach it: credentials, trust and proxies. */
@org.jspecify.annotations.NullMarked
package io.meshspan.login;
