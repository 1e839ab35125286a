/** What people do in a browser, each person in a class of their own, on eight sandbox clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.browser;
