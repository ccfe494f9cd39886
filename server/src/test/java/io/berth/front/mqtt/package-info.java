/// Tests of the MQTT wire: a front on free ports, real clients, raw sockets, and hand-written stands for what lies
/// behind.
@NullMarked
package io.berth.front.mqtt;

import org.jspecify.annotations.NullMarked;
