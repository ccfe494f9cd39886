package io.berth.stream.amqp;

import io.berth.core.caller.Callers;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusalStore;
import io.berth.core.message.EventFormat;
import io.berth.core.subscription.SubscriberTraffic;
import io.berth.dialect.SubscriberDialect;
import io.berth.stream.group.GroupReaders;
import java.time.InstantSource;
import java.util.List;

/// Whom the AMQP server works with.
///
/// @param dialects the first that recognises a login decides
/// @param formats what groups may name as theirs
/// @param addressGuard slows down guessing from one address
public record AmqpPlatform(
        List<SubscriberDialect> dialects,
        Callers callers,
        GroupNames groups,
        GroupReaders readers,
        List<EventFormat> formats,
        RefusalStore refusals,
        LoginGuard addressGuard,
        SubscriberTraffic traffic,
        InstantSource clock) {
    public AmqpPlatform {
        dialects = List.copyOf(dialects);
        formats = List.copyOf(formats);
    }
}
