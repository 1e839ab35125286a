/** The access to the database, the check that it answers, and the form of times in it. */
@org.jspecify.annotations.NullMarked
package io.meshspan.database;
