/// The native API over real HTTP, on stores in memory.
@NullMarked
package io.berth.api;

import org.jspecify.annotations.NullMarked;
