/// Topic names, filters and the topic classes a product allows its devices, with MQTT matching rules.
///
/// A topic is text here; which topic means what is a dialect's business.
@NullMarked
package io.berth.core.topic;

import org.jspecify.annotations.NullMarked;
