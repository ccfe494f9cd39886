package io.berth.api;

import io.berth.core.NearName;
import io.berth.core.ProblemException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The members of a record, read from its declaration: the one source for what is required, what the document
/// says and what a misspelt name may have meant.
final class Shape {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(type);
        }
    };

    private final List<Member> members;

    private Shape(Class<?> type) {
        this.members =
                Arrays.stream(type.getRecordComponents()).map(Member::new).toList();
    }

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    List<Member> members() {
        return members;
    }

    /// Refuses a record that lacks what it must have, or holds a record or a list that does.
    <T extends Record> T complete(T value) {
        demandAll(value, "");
        return value;
    }

    private void demandAll(Record value, String within) {
        for (Member member : members) {
            String name = within + member.name();
            Object held = member.of(value);
            ProblemException.require(!member.required() || held != null, "\"" + name + "\" is missing");
            demandWhole(held, name);
        }
    }

    private static void demandWhole(@Nullable Object held, String name) {
        if (held instanceof Record inner) {
            of(inner.getClass()).demandAll(inner, name + ".");
        } else if (held instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                String item = name + "[" + i + "]";
                ProblemException.require(items.get(i) != null, "\"" + item + "\" must not be null");
                demandWhole(items.get(i), item);
            }
        }
    }

    /// Why a name is not one of the members, with the nearest one that is.
    String unknown(String name) {
        String known = members.isEmpty()
                ? "there are none"
                : String.join(", ", members.stream().map(Member::name).toList());
        return members.stream()
                .map(Member::name)
                .filter(member -> NearName.isNear(name, member))
                .findFirst()
                .map(near -> "unknown member \"" + name + "\": did you mean \"" + near + "\"?")
                .orElse("unknown member \"" + name + "\" (known: " + known + ")");
    }

    /// @param required whether it must be there: everything that is not marked nullable
    record Member(String name, Class<?> type, Type genericType, boolean required, RecordComponent component) {
        Member(RecordComponent component) {
            this(
                    component.getName(),
                    component.getType(),
                    component.getGenericType(),
                    !isNullable(component.getAnnotatedType()),
                    component);
        }

        private static boolean isNullable(AnnotatedElement type) {
            return type.isAnnotationPresent(Nullable.class);
        }

        @Nullable
        Object of(Object value) {
            try {
                return component.getAccessor().invoke(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
