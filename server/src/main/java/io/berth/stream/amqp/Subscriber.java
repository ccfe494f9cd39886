package io.berth.stream.amqp;

import io.berth.core.caller.Caller;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.dialect.SubscriberDialect.LinkRules;
import org.jspecify.annotations.Nullable;

/// Who logged in.
///
/// @param client what it calls itself, null when its container does
/// @param group the group the login named, null when each link's source address does
record Subscriber(
        Caller caller, @Nullable String client, @Nullable ConsumerGroup group, LinkRules rules) {}
