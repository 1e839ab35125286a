/** The whole application on real clusters from a kubeconfig; off unless the clusters are named. */
@org.jspecify.annotations.NullMarked
package io.meshspan.e2e;
