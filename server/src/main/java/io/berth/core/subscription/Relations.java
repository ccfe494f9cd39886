package io.berth.core.subscription;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Theme;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What products tell consumer groups. The consumers of a group stay when it is told something else.
/// Blocking; any thread.
public final class Relations {
    private final RelationStore store;
    private final ConsumerGroups groups;

    /// Tells the groups of what was kept.
    public Relations(RelationStore store, ConsumerGroups groups) {
        this.store = store;
        this.groups = groups;
        Set<String> told = new HashSet<>();
        store.list().forEach(relation -> told.addAll(relation.groups()));
        tell(told);
    }

    public Optional<Relation> find(String product) {
        return store.find(product);
    }

    /// NOT_FOUND.
    public Relation get(String product) {
        return find(product)
                .orElseThrow(() ->
                        new ProblemException(Problem.NOT_FOUND, "product " + product + " tells no consumer group"));
    }

    /// In place of the product's relation, if it has one. PRODUCT_NOT_FOUND; NOT_FOUND for a group.
    public synchronized void put(Relation relation) {
        require(!relation.groups().isEmpty(), "name at least one consumer group");
        relation.groups().forEach(groups::get);
        Set<String> touched = new HashSet<>(relation.groups());
        find(relation.product()).ifPresent(before -> touched.addAll(before.groups()));
        store.put(relation);
        tell(touched);
    }

    /// NOT_FOUND.
    public synchronized void delete(String product) {
        Relation gone = get(product);
        store.delete(product);
        tell(gone.groups());
    }

    /// Whether any product tells the group.
    public boolean names(ConsumerGroup group) {
        return store.list().stream().anyMatch(relation -> relation.groups().contains(group.id()));
    }

    private void tell(Set<String> touched) {
        for (String id : touched) {
            groups.find(id).ifPresent(group -> groups.relate(id, themes(id)));
        }
    }

    private Map<String, Set<Theme>> themes(String group) {
        Map<String, Set<Theme>> themes = new HashMap<>();
        for (Relation relation : store.list()) {
            if (relation.groups().contains(group)) {
                themes.put(relation.product(), relation.themes());
            }
        }
        return themes;
    }
}
