package io.berth.rule;

import io.berth.core.rule.BacklogPolicy;
import io.berth.core.rule.FlowPolicy;
import io.berth.core.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The policies over all rules at work. One thread changes them, any thread keeps to them.
final class SharedLimits {
    private volatile List<Gate> gates = List.of();
    private volatile List<BacklogPolicy> backlogs = List.of();

    private record Gate(FlowPolicy policy, Flow flow) {}

    void flows(List<FlowPolicy> policies) {
        Map<String, Gate> former = new HashMap<>();
        gates.forEach(gate -> former.put(gate.policy().id(), gate));
        List<Gate> now = new ArrayList<>();
        for (FlowPolicy policy : policies) {
            Gate known = former.remove(policy.id());
            if (known == null) {
                now.add(new Gate(policy, new Flow(policy.perSecond())));
            } else {
                known.flow().limit(policy.perSecond());
                now.add(new Gate(policy, known.flow()));
            }
        }
        // whoever waits for its turn at a narrow one holds nobody up at a wide one
        now.sort(Comparator.comparingInt(gate -> width(gate.policy().scope())));
        gates = List.copyOf(now);
        former.values().forEach(gone -> gone.flow().limit(0));
    }

    /// Waits until every policy that covers the action lets one more message pass.
    void pass(Rule rule, Rule.Action action) throws InterruptedException {
        for (Gate gate : gates) {
            if (gate.policy().scope().covers(rule, action)) {
                gate.flow().pass();
            }
        }
    }

    void backlogs(List<BacklogPolicy> policies) {
        backlogs = List.copyOf(policies);
    }

    /// What may wait for this action.
    Stack stack(Rule.Policy own) {
        Stack stack = Stack.of(own);
        for (BacklogPolicy policy : backlogs) {
            stack = stack.within(policy);
        }
        return stack;
    }

    private static int width(FlowPolicy.Scope scope) {
        return switch (scope) {
            case FlowPolicy.Scope.OfAction _ -> 0;
            case FlowPolicy.Scope.OfRule _ -> 1;
            case FlowPolicy.Scope.OfKind _ -> 2;
            case FlowPolicy.Scope.Everything _ -> 3;
        };
    }
}
