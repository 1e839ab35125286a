/** What a change would do, object by object, before anybody touches anything. */
@org.jspecify.annotations.NullMarked
package io.meshspan.plan;
