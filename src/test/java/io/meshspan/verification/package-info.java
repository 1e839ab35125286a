/** What a verification must find, shown on clusters that Mockito plays. */
@org.jspecify.annotations.NullMarked
package io.meshspan.verification;
