package io.berth.core.thing;

import org.jspecify.annotations.Nullable;

/// One way in which data do not fit the thing model.
///
/// @param type the type that was not met, null where no type is involved
/// @param path where: `Temp`, `lamp:Colour.red`
/// @param detail a sentence whose subject is the path
public record Violation(Kind kind, @Nullable DataType type, String path, String detail) {
    /// What is wrong. Dialects map kind and type to their codes.
    public enum Kind {
        UNKNOWN_PROPERTY,
        UNKNOWN_EVENT,
        UNKNOWN_SERVICE,
        /// A parameter or struct member the model does not have.
        UNKNOWN_MEMBER,
        MISSING,
        WRONG_TYPE,
        OUT_OF_BOUNDS,
        WRONG_SIZE,
        WRONG_ITEM,
        /// The device may not report it, or nobody may set it.
        NOT_ALLOWED,
        BAD_TIME,
        TOO_MANY
    }

    @Override
    public String toString() {
        return path.isEmpty() ? detail : path + " " + detail;
    }
}
