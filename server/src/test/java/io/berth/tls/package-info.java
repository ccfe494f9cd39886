/// Tests of the server's certificates.
@NullMarked
package io.berth.tls;

import org.jspecify.annotations.NullMarked;
