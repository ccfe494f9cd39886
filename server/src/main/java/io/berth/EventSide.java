package io.berth;

import io.berth.core.alarm.Alarms;
import io.berth.rule.scene.Notifier;
import io.berth.stream.EventStreams;
import io.berth.stream.LiveFeed;
import io.berth.stream.group.Groups;

/// Where events go and who reads them: what core's services are built on.
///
/// @param streams what the platform tells its events
/// @param feed those who watch right now
/// @param groups those who read for good
/// @param alarms the bell of all of it
/// @param notifier how scenes reach the outside
record EventSide(EventStreams streams, LiveFeed feed, Groups groups, Alarms alarms, Notifier notifier) {}
