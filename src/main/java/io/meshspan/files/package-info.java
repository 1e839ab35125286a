/** The service's own folders and files, only for the user that runs the service. */
@org.jspecify.annotations.NullMarked
package io.meshspan.files;
