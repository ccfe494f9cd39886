package io.berth.core.rule;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.List;
import java.util.function.UnaryOperator;

/// The policies over all rules. Changes block and work at once; any thread.
public final class Policies {
    private final PolicyStore store;
    private final RuleEngine engine;
    private final int most;

    /// @param most how many there may be of each sort
    public Policies(PolicyStore store, RuleEngine engine, int most) {
        this.store = store;
        this.engine = engine;
        this.most = most;
    }

    /// Lets the stored policies work, after a start and before the rules.
    public void start() {
        engine.flows(store.flows());
        engine.backlogs(store.backlogs());
    }

    /// LIMIT_REACHED.
    public synchronized FlowPolicy create(FlowPolicy policy) {
        demandRoom(store.flows().size());
        return put(policy);
    }

    /// LIMIT_REACHED.
    public synchronized BacklogPolicy create(BacklogPolicy policy) {
        demandRoom(store.backlogs().size());
        return put(policy);
    }

    /// Changes a policy in one step that no other change comes between. NOT_FOUND.
    public synchronized FlowPolicy changeFlow(String id, UnaryOperator<FlowPolicy> change) {
        return put(change.apply(flow(id)));
    }

    /// Changes a policy in one step that no other change comes between. NOT_FOUND.
    public synchronized BacklogPolicy changeBacklog(String id, UnaryOperator<BacklogPolicy> change) {
        return put(change.apply(backlog(id)));
    }

    /// NOT_FOUND.
    public synchronized void deleteFlow(String id) {
        store.delete(flow(id).id());
        engine.flows(store.flows());
    }

    /// NOT_FOUND.
    public synchronized void deleteBacklog(String id) {
        store.delete(backlog(id).id());
        engine.backlogs(store.backlogs());
    }

    /// By id, the oldest first.
    public List<FlowPolicy> flows() {
        return store.flows();
    }

    /// By id, the oldest first.
    public List<BacklogPolicy> backlogs() {
        return store.backlogs();
    }

    /// NOT_FOUND.
    public FlowPolicy flow(String id) {
        return flows().stream()
                .filter(policy -> policy.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notFound("flow control", id));
    }

    /// NOT_FOUND.
    public BacklogPolicy backlog(String id) {
        return backlogs().stream()
                .filter(policy -> policy.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notFound("backlog", id));
    }

    private FlowPolicy put(FlowPolicy policy) {
        store.put(policy);
        engine.flows(store.flows());
        return policy;
    }

    private BacklogPolicy put(BacklogPolicy policy) {
        store.put(policy);
        engine.backlogs(store.backlogs());
        return policy;
    }

    private void demandRoom(int there) {
        if (there >= most) {
            throw new ProblemException(Problem.LIMIT_REACHED, "there are at most " + most + " policies of a sort");
        }
    }

    private static ProblemException notFound(String sort, String id) {
        return new ProblemException(Problem.NOT_FOUND, "there is no " + sort + " policy \"" + id + "\"");
    }
}
