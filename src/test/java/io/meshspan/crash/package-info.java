/** What is left of a change when its service dies, and when its database or one of its nodes goes away; off by default. */
@org.jspecify.annotations.NullMarked
package io.meshspan.crash;
