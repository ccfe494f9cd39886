/// Client side of the sockets: MQTT and HTTP connections on Netty, cheap enough that one core of load keeps one core of
/// server busy.
///
/// A connection tells its [io.berth.simulator.wire.MqttEvents] what happens; all of that happens on the connection's
/// event loop. Knows no scenario and no figures, and of vendors only what CoAP and pre-shared keys need.
@NullMarked
package io.berth.simulator.wire;

import org.jspecify.annotations.NullMarked;
