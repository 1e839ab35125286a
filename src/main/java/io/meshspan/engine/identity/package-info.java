/** The engine's identities: accounts, groups and their rights, and four eyes on approval tasks. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.identity;
