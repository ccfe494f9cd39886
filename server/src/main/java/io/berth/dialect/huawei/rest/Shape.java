package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The members of a record of this interface, read from its declaration: what is not nullable must be there.
record Shape(List<Member> members) {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(
                    Arrays.stream(type.getRecordComponents()).map(Member::of).toList());
        }
    };

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Optional<Member> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /// INVALID_ARGUMENT names the first member that must be there and is not, records within included.
    static void demandWhole(Record value, String path) {
        for (Member member : of(value.getClass()).members()) {
            String at = path.isEmpty() ? member.name() : path + "." + member.name();
            Object given = member.of(value);
            require(given != null || !member.required(), "\"" + at + "\" is missing");
            switch (given) {
                case Record inner
                when inner.getClass().getPackage() == Shape.class.getPackage() -> demandWhole(inner, at);
                case List<?> items -> items.forEach(item -> demandItem(item, at));
                case null, default -> {}
            }
        }
    }

    private static void demandItem(@Nullable Object item, String at) {
        require(item != null, "\"" + at + "\" has a null in it");
        if (item instanceof Record inner) {
            demandWhole(inner, at);
        }
    }

    /// @param name as it is spelt on the wire
    record Member(String name, Class<?> type, boolean required, RecordComponent component) {
        static Member of(RecordComponent component) {
            return new Member(
                    component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                    component.getType(),
                    !component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    component);
        }

        @Nullable
        Object of(Object value) {
            try {
                component.getAccessor().setAccessible(true);
                return component.getAccessor().invoke(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
