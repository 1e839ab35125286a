/** Takes over the objects of a mesh that others installed: marks them, and leaves everything else as it is. */
@org.jspecify.annotations.NullMarked
package io.meshspan.adoption;
