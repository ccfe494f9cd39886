/// Products: what devices of one kind share (key, secret, auth kind, data format, topic classes).
@NullMarked
package io.berth.core.product;

import org.jspecify.annotations.NullMarked;
