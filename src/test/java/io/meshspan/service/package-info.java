/** The service in a process of its own, and the people who use it by REST. */
@NullMarked
package io.meshspan.service;

import org.jspecify.annotations.NullMarked;
