/** This node among those that share the database: who starts, who it is, which work is its own, and that it still lives. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.engine.node;
