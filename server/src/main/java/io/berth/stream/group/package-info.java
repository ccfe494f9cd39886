/// Consumer groups over a durable log: who reads which events, how far each group has come, and what happens
/// to an event nobody acknowledged.
@NullMarked
package io.berth.stream.group;

import org.jspecify.annotations.NullMarked;
