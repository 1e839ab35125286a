/** Whether the mesh does what it was built for: control planes in sync, HelloWorld answered across clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.verification;
