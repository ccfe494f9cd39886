package io.berth.core.subscription;

/// Hears of what passes to subscribers, for whoever counts. Called on event loops: never blocks. All words
/// given are few and stable.
public interface SubscriberTraffic {
    void connectionOpened(String listener);

    void connectionClosed(String listener);

    /// @param result `accepted` or the lower-case fault
    void login(String dialect, String result, long nanos);

    void linkOpened();

    void linkClosed();

    /// A message went out to a subscriber.
    void delivered();

    /// What became of an event that was handed out: `accepted`, `released`, `failed`, `rejected`, or `wordless`
    /// when its group's format has no words for it.
    void settled(String outcome);

    /// A connection or link was refused or ended because of what came over it.
    void dropped(String cause);

    /// Counts nothing.
    SubscriberTraffic UNCOUNTED = new SubscriberTraffic() {
        @Override
        public void connectionOpened(String listener) {}

        @Override
        public void connectionClosed(String listener) {}

        @Override
        public void login(String dialect, String result, long nanos) {}

        @Override
        public void linkOpened() {}

        @Override
        public void linkClosed() {}

        @Override
        public void delivered() {}

        @Override
        public void settled(String outcome) {}

        @Override
        public void dropped(String cause) {}
    };
}
