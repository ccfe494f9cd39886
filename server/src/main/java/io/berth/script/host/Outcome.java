package io.berth.script.host;

import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Result;
import java.util.List;
import java.util.Objects;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.PolyglotException.StackFrame;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;

/// What a call came to.
///
/// @param line of the source to blame, 0 when there is none
/// @param kind what it says about the realm it ran in
record Outcome(Result result, int line, Kind kind) {
    enum Kind {
        /// An answer, or an error the script threw.
        SOUND,
        /// An error that the same call may not meet where built-ins are not frozen.
        MAY_BLAME_HARDENING,
        /// The call was torn down in the middle.
        TORN
    }

    private static final int MAX_DETAIL = 300;

    /// How the engine says that one of its bounds is reached; a script may catch these.
    private static final List<String> BOUNDS = List.of(
            "RangeError: Maximum call stack size exceeded",
            "RangeError: Invalid string length",
            "RangeError: Invalid typed array length",
            "RangeError: Array buffer allocation failed");

    static Outcome of(Result result) {
        return new Outcome(result, 0, Kind.SOUND);
    }

    static Outcome of(PolyglotException e) {
        String message = firstLine(e.getMessage());
        if (e.isCancelled() || e.isInterrupted()) {
            return failed(Fault.EXHAUSTED, "it took more processor time than it may", 0, Kind.TORN);
        }
        if (e.isResourceExhausted() || BOUNDS.stream().anyMatch(message::startsWith)) {
            return failed(Fault.EXHAUSTED, message, line(e), Kind.TORN);
        }
        if (!e.isGuestException()) {
            return failed(Fault.BROKEN, message, line(e), Kind.TORN);
        }
        Kind kind = message.startsWith("TypeError") ? Kind.MAY_BLAME_HARDENING : Kind.SOUND;
        return failed(Fault.BROKEN, message, line(e), kind);
    }

    boolean leavesRealmSound() {
        return kind != Kind.TORN;
    }

    private static Outcome failed(Fault fault, String detail, int line, Kind kind) {
        return new Outcome(new Result.Failed(fault, detail), line, kind);
    }

    private static int line(PolyglotException e) {
        if (isScript(e.getSourceLocation())) {
            return e.getSourceLocation().getStartLine();
        }
        for (StackFrame frame : e.getPolyglotStackTrace()) {
            if (frame.isGuestFrame() && isScript(frame.getSourceLocation())) {
                return frame.getSourceLocation().getStartLine();
            }
        }
        return 0;
    }

    private static boolean isScript(@Nullable SourceSection section) {
        return section != null && section.getSource().getName().equals(Program.NAME);
    }

    private static String firstLine(@Nullable String message) {
        String line = Objects.requireNonNullElse(message, "it failed")
                .lines()
                .findFirst()
                .orElse("it failed");
        return line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) : line;
    }
}
