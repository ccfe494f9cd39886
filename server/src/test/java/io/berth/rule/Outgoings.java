package io.berth.rule;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.Destination.Outcome;
import io.berth.testing.SampleEvents;
import java.time.Duration;
import java.util.List;

/// What tests of destinations send, and under what limits.
public final class Outgoings {
    private Outgoings() {}

    /// A message of the device `pk/d1` with this JSON object for a body.
    public static Outgoing json(String text) {
        return json("d1", text);
    }

    public static Outgoing json(String device, String text) {
        Payload body = Payload.of(text);
        Value.Fields document = ValueJson.readFields(body).orElse(Value.Fields.NONE);
        return new Outgoing(SampleEvents.message(device, text), "/pk/" + device, body, true, document, "");
    }

    /// A gate that lets these through, and nothing else of the own network.
    public static OutboundGate allowing(String... inside) {
        return new OutboundGate(List.of(inside));
    }

    /// The usual limits with this patience.
    public static RuleConfig patience(Duration patience) {
        RuleConfig usual = RuleConfig.DEFAULT;
        return new RuleConfig(
                usual.allow(),
                usual.maxRules(),
                usual.maxActions(),
                usual.maxPolicies(),
                usual.inHand(),
                patience,
                usual.firstRetry(),
                usual.maxRetry(),
                usual.suspendAfter(),
                usual.suspendFor(),
                usual.maxAnswerBytes());
    }

    /// The reason of a message that is to be tried again.
    public static String retryReason(Outcome outcome) {
        return ((Outcome.Retry) outcome).reason();
    }

    /// The reason of a message that was refused.
    public static String refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).reason();
    }
}
