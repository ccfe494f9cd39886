package io.berth.core.topic;

/// What a device may do with the topics of a class.
public enum Access {
    PUBLISH,
    SUBSCRIBE,
    BOTH;

    public boolean allowsPublish() {
        return this != SUBSCRIBE;
    }

    public boolean allowsSubscribe() {
        return this != PUBLISH;
    }
}
