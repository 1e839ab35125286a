/** The web applications' front door: who may come in, and the forms that know the clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web;
