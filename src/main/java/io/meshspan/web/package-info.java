/** Access to the web applications, and the start forms, which know the clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web;
