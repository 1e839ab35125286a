/** What people do in a browser, on two sandbox clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.browser;
