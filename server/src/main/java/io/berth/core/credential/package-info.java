/// What proves who someone is. Secrets never print themselves and compare in constant time.
@NullMarked
package io.berth.core.credential;

import org.jspecify.annotations.NullMarked;
