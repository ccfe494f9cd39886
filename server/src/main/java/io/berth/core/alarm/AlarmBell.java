package io.berth.core.alarm;

/// Where trouble is told. Never blocks; any thread. Raising what is raised already counts; clearing what is
/// not raised does nothing.
public interface AlarmBell {
    void raise(String source, Alarm.Severity severity, String text);

    void clear(String source);

    /// For whoever has nobody to tell.
    AlarmBell SILENT = new AlarmBell() {
        @Override
        public void raise(String source, Alarm.Severity severity, String text) {}

        @Override
        public void clear(String source) {}
    };
}
