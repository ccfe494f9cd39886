/// Each row of `docs/compat` that claims an SDK works names a test of this package.
@NullMarked
package io.berth.compat;

import org.jspecify.annotations.NullMarked;
