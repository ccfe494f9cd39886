/// Tests of the HTTP front with a dialect of their own, over real sockets.
@NullMarked
package io.berth.front.http;

import org.jspecify.annotations.NullMarked;
