package io.berth.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditedCallsTest {
    private final List<AuditRecord> records = new ArrayList<>();
    private final AuditedCalls calls = new AuditedCalls(records::add, () -> Instant.EPOCH);

    private AuditedCalls.Attempt attempt(String target) {
        return new AuditedCalls.Attempt(
                new Caller.User("kim", Rights.ALL),
                "192.0.2.1",
                "native",
                new AuditedCalls.Task("make", Role.OPERATOR, Area.PRODUCTS, true),
                target);
    }

    @Test
    void the_record_names_what_the_platform_made() {
        String made = calls.run(attempt(""), () -> "a1pk", name -> name);

        assertThat(made).isEqualTo("a1pk");
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.target()).isEqualTo("a1pk");
            assertThat(record.outcome()).isEqualTo(AuditRecord.OK);
        });
    }

    @Test
    void a_mistake_of_the_caller_is_no_fault_of_the_server() {
        AuditedCalls.Work<String, RuntimeException> misread = () -> {
            throw new Unreadable();
        };
        AuditedCalls.Work<String, RuntimeException> broken = () -> {
            throw new IllegalStateException("a bug");
        };
        assertThatThrownBy(() -> calls.run(attempt("lamps"), misread)).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> calls.run(attempt("lamps"), broken)).isInstanceOf(IllegalStateException.class);

        assertThat(records).extracting(AuditRecord::outcome).containsExactly("InvalidNodeType", "INTERNAL");
    }

    private static final class Unreadable extends RuntimeException implements Refused {
        private static final long serialVersionUID = 1;

        @Override
        public String outcome() {
            return "InvalidNodeType";
        }
    }

    @Test
    void the_record_of_a_refused_call_names_what_the_call_named() {
        AuditedCalls.Work<String, RuntimeException> refused = () -> {
            throw new ProblemException(Problem.PRODUCT_EXISTS, "there is one");
        };
        assertThatThrownBy(() -> calls.run(attempt("lamps"), refused, name -> name))
                .isInstanceOf(ProblemException.class);

        assertThat(records).extracting(AuditRecord::target).containsExactly("lamps");
        assertThat(records).extracting(AuditRecord::outcome).containsExactly("PRODUCT_EXISTS");
    }
}
