package io.berth.core.audit;

import java.lang.reflect.RecordComponent;
import java.util.List;

/// What an answer calls the thing that was made, where the platform made its name up.
public final class MadeName {
    private MadeName() {}

    /// The first of these components that the answer has as a text; empty when it has none.
    public static String of(Object answer, List<String> components) {
        for (String name : components) {
            for (RecordComponent component : answer.getClass().getRecordComponents()) {
                if (component.getName().equals(name) && component.getType() == String.class) {
                    return text(answer, component);
                }
            }
        }
        return "";
    }

    private static String text(Object answer, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(answer) instanceof String text ? text : "";
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has its components", e);
        }
    }
}
