/// Products: what devices of one kind share (key, secret, auth kind, data format, topic classes), and the
/// resource spaces they belong to.
@NullMarked
package io.berth.core.product;

import org.jspecify.annotations.NullMarked;
