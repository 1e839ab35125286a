/** How the database is reached, whether it answers, and how times are kept in it. */
@org.jspecify.annotations.NullMarked
package io.meshspan.database;
