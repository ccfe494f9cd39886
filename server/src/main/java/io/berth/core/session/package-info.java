/// Live attachments of devices and the traffic over them.
///
/// [io.berth.core.session.Sessions] keeps one live session per device (the newest wins). Up:
/// [io.berth.core.session.Uplinks] turns what a device says into events and answers. Down:
/// [io.berth.core.session.Downlinks] brings a message to the live session or into the
/// [io.berth.core.session.SessionStore], which keeps what outlives a connection; [io.berth.core.session.Requests] waits
/// for answers. Nothing here knows a topic's meaning or a packet.
@NullMarked
package io.berth.core.session;

import org.jspecify.annotations.NullMarked;
