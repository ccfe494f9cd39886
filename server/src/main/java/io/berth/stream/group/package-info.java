/// Consumer groups over a durable log: who reads which events, how far each group has come, and what happens
/// to an event nobody acknowledged.
///
/// [io.berth.stream.group.Groups] has a run for each reader. Its pump takes events off the log while consumers ask for
/// more, hands them out in turn, and holds each until it is settled: accepted, or tried again later, or buried. Where
/// a reader stands is saved twenty times a second, so a crash repeats little and loses nothing. It knows no wire and
/// no format, and the same engine works over every log.
@NullMarked
package io.berth.stream.group;

import org.jspecify.annotations.NullMarked;
