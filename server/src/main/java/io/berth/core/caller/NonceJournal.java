package io.berth.core.caller;

/// Keeps what [Nonces] remembers over a start. What is appended outlives this process, however it ends; it may
/// not outlive the machine's power.
public interface NonceJournal {
    /// STORAGE_UNAVAILABLE when it cannot be kept.
    void append(long slice, long mark);

    /// Everything there is, the oldest slice first.
    void replay(Reader reader);

    /// Drops the slices before this one.
    void forgetBefore(long slice);

    @FunctionalInterface
    interface Reader {
        void read(long slice, long mark);
    }
}
