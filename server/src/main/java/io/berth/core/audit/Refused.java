package io.berth.core.audit;

/// An exception that refuses a call for something its own interface has a word for, and core has none: a
/// parameter that cannot be read, for example.
public interface Refused {
    /// What the audit calls it: the code the client is told.
    String outcome();
}
