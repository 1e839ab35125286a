/** Every token and key that the tests make, and the search for them wherever something was written down. */
@NullMarked
package io.meshspan.secrets;

import org.jspecify.annotations.NullMarked;
