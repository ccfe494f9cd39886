package io.berth.core.product;

/// Counts what scripts do. Never blocks; any thread.
public interface ScriptTraffic {
    /// A call that was answered, from asking to its answer.
    void converted(Scripts.Function function, long nanos);

    void failed(Scripts.Function function, Scripts.Fault fault);

    /// The process that ran a script had to be ended.
    void processEnded();
}
