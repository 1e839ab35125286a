/** What kind of change somebody asks for, and what follows from that alone. Pure: no engine, no cluster. */
@org.jspecify.annotations.NullMarked
package io.meshspan.change;
