/** The service's own folders and files, which are for the user that runs it alone. */
@org.jspecify.annotations.NullMarked
package io.meshspan.files;
