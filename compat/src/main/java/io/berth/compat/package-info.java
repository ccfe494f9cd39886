/// The vendors' own device SDKs, as published, against a running Berth: as tests (`make compat`) and as the demo
/// (`./berth demo`).
///
/// Berth is a child process or somebody's running server, met only through sockets: its MQTT listeners, its native
/// API, its command line. [BerthServer] finds or starts it; [NodeSdkDevice] (the Alibaba SDK, in a Node process),
/// [HuaweiSdkDevice] and [StockDevice] are the devices; [Tail] is the operator who watches.
///
/// What these devices put on the wire is decided by the SDKs alone. When one of them fails here, Berth is wrong.
@NullMarked
package io.berth.compat;

import org.jspecify.annotations.NullMarked;
