/** Read access of a control plane to the API server of another cluster. */
@org.jspecify.annotations.NullMarked
package io.meshspan.remotesecret;
