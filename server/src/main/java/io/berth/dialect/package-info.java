/// What a vendor must answer, in plain types: the border between wires and vendors.
///
/// A front hands a [io.berth.dialect.MqttConnect] to [io.berth.dialect.MqttLogins], which asks each
/// [io.berth.dialect.MqttDialect] whether the login is its own, looks the device up and lets the dialect
/// verify. A login that is accepted comes with a [io.berth.dialect.MqttWire]: the vendor's view of that one
/// device's topics. Whoever has only its product's secret makes an [io.berth.dialect.MqttLogin.Application]
/// instead. Devices on HTTPS and CoAP are met the same way by [io.berth.dialect.HttpDialect] and
/// [io.berth.dialect.CoapDialect], and what they say is handed on by [io.berth.dialect.Intake]. Why a login is
/// refused is a [io.berth.dialect.LoginFailure], on every wire. Nothing here knows Netty, SQL, JSON or a
/// vendor's name.
@NullMarked
package io.berth.dialect;

import org.jspecify.annotations.NullMarked;
