/// The MQTT wire: MQTT 3.1, 3.1.1 and 5 over TCP, TLS and WebSocket, on Netty event loops.
///
/// [io.berth.front.mqtt.MqttFront] binds listeners. A connection starts in [io.berth.front.mqtt.PortSniffer], which
/// puts TLS or WebSocket before the packet decoder; [io.berth.front.mqtt.MqttConnection] owns the socket's life,
/// [io.berth.front.mqtt.Reception] knows which packet may come when, [io.berth.front.mqtt.Opening] turns the CONNECT
/// into a [io.berth.front.mqtt.DeviceSession], and that moves messages: up with [io.berth.front.mqtt.Publishing]
/// through the dialect's routes to `core.session.Uplinks` ([io.berth.front.mqtt.PendingUplinks] acknowledges in order),
/// down from `core.session.Sessions` through [io.berth.front.mqtt.Outbox]. What a topic or a client id means is
/// the dialect's business; nothing here knows a vendor.
@NullMarked
package io.berth.front.mqtt;

import org.jspecify.annotations.NullMarked;
