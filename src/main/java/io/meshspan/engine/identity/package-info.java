/** Who is who in the engine: accounts, groups and their rights, and the four eyes on approval tasks. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.identity;
