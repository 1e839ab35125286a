/** Clusters that objects of a managing cluster name: those of Argo CD, of Cluster API and of the ClusterProfile API. */
@org.jspecify.annotations.NullMarked
package io.meshspan.fleet;
