/** What this service presents to an API server so that it lets it in, and the way there: credentials, trust and proxies. */
@org.jspecify.annotations.NullMarked
package io.meshspan.login;
