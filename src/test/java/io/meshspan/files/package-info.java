@org.jspecify.annotations.NullMarked
package io.meshspan.files;
