package io.berth.core.message;

import io.berth.core.message.Event.Kind;
import io.berth.core.state.Facts;

/// What events are chosen by where kinds are too coarse: a kind, without the parts of it that a vendor's
/// applications choose by themselves.
public enum Theme {
    MESSAGE(Kind.MESSAGE),
    /// Values as they are now.
    PROPERTY(Kind.PROPERTY),
    /// Values that a device had kept back.
    PROPERTY_HISTORY(Kind.PROPERTY),
    EVENT(Kind.EVENT),
    EVENT_HISTORY(Kind.EVENT),
    STATUS(Kind.STATUS),
    LIFECYCLE(Kind.LIFECYCLE),
    /// What a device says its tags are.
    TAGS(Kind.LIFECYCLE),
    TOPOLOGY(Kind.TOPOLOGY),
    /// What a gateway sees around it.
    FOUND(Kind.TOPOLOGY),
    COMMAND(Kind.COMMAND);

    private final Kind kind;

    Theme(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public static Theme of(Fact fact) {
        return switch (fact) {
            case Fact.Properties(Facts facts) -> facts.current() ? PROPERTY : PROPERTY_HISTORY;
            case Fact.Happened(Facts facts) -> facts.current() ? EVENT : EVENT_HISTORY;
            case Fact.Tagged _ -> TAGS;
            case Fact.Found _ -> FOUND;
            case Fact.Message _,
                    Fact.Status _,
                    Fact.Lifecycle _,
                    Fact.Topology _,
                    Fact.Children _,
                    Fact.Replied _,
                    Fact.CallProgress _,
                    Fact.MessageProgress _,
                    Fact.Told _ -> valueOf(fact.kind().name());
        };
    }
}
