/// Rules: which events go where.
///
/// Each action of a rule reads the event log by a durable reader of its own, so a slow destination holds up
/// nobody else. An event passes the rule's source and its statement ([io.berth.rule.Program]), waits for its
/// turn behind earlier events of the same device ([io.berth.rule.ActionRunner]) and is sent
/// ([io.berth.rule.Destination]); only then the reader lets go of it. Every connection out goes through
/// [io.berth.rule.OutboundGate]. Nothing here knows a vendor's wire or how rules are stored.
@NullMarked
package io.berth.rule;

import org.jspecify.annotations.NullMarked;
