/// Messages to devices that applications can ask after.
///
/// A message is written down ([io.berth.core.outbox.OutboxStore]) before it goes out, waits there while its
/// device is away, and is given up when its time is over ([io.berth.core.outbox.Outbox]). Only the newest of a
/// device are kept. Messages nobody asks after go through [io.berth.core.session.Messages] alone, and cost no
/// record.
@NullMarked
package io.berth.core.outbox;

import org.jspecify.annotations.NullMarked;
