/** One root, an intermediate for each cluster, and the secret cacerts that istiod reads at its first start. */
@org.jspecify.annotations.NullMarked
package io.meshspan.trust;
