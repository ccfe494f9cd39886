/// Routes from topic to topic: what a device publishes on one of its custom topics goes to topics of devices
/// as well, without an application in between.
///
/// [io.berth.core.route.TopicRoutes] hears of every message ([io.berth.core.session.Uplinks]) and sends the
/// copies as an application would ([io.berth.core.session.Messages]). A copy is a message to a device and is
/// not routed again, so routes cannot run in circles.
@NullMarked
package io.berth.core.route;

import org.jspecify.annotations.NullMarked;
