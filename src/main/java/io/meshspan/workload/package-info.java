/** The workloads of users whose pods have a proxy: which there are, and how they restart. */
@org.jspecify.annotations.NullMarked
package io.meshspan.workload;
