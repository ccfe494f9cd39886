package io.berth.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The topics of a vendor as a list one reads down: of the rows that fit a topic, the one written first wins.
///
/// A pattern is a topic in which `{name}` stands for one level or for part of one (`request_id={id}`,
/// `{service}_reply`), never for nothing; `{name...}` as the last level stands for one level or more. Rows
/// become a tree of levels, so a lookup costs the depth of the topic, not the length of the table. Fill it
/// once; then any thread.
///
/// @param <H> what a row leads to
public final class TopicTable<H> {
    private final Node<H> root = new Node<>();
    private int rows;

    public TopicTable<H> on(String pattern, H handler) {
        List<Variable> variables = new ArrayList<>();
        String[] levels = pattern.split("/", -1);
        Node<H> node = root;
        for (int i = 0; i < levels.length; i++) {
            Variable variable = Variable.in(levels[i], i);
            if (variable == null) {
                node = node.literals.computeIfAbsent(levels[i], _ -> new Node<>());
            } else {
                variables.add(variable);
                if (variable.isRest()) {
                    node.rest = first(node.rest, new Row<>(rows++, handler, List.copyOf(variables)));
                    return this;
                }
                node = node.branch(variable);
            }
        }
        node.end = first(node.end, new Row<>(rows++, handler, List.copyOf(variables)));
        return this;
    }

    public Optional<Match<H>> find(String topic) {
        String[] levels = topic.split("/", -1);
        Row<H> row = find(root, levels, 0);
        return row == null ? Optional.empty() : Optional.of(row.match(levels));
    }

    /// The row that fits, with what its variables stand for.
    public record Match<H>(H handler, Map<String, String> variables) {
        /// What `{name}` stands for, empty when the pattern has no such variable.
        public String variable(String name) {
            return variables.getOrDefault(name, "");
        }
    }

    private static <H> @Nullable Row<H> find(Node<H> node, String[] levels, int depth) {
        if (depth == levels.length) {
            return node.end;
        }
        boolean isNothing = depth == levels.length - 1 && levels[depth].isEmpty();
        Row<H> best = isNothing ? null : node.rest;
        Node<H> literal = node.literals.get(levels[depth]);
        if (literal != null) {
            best = first(best, find(literal, levels, depth + 1));
        }
        for (Branch<H> branch : node.branches) {
            if (branch.variable.fits(levels[depth])) {
                best = first(best, find(branch.node, levels, depth + 1));
            }
        }
        return best;
    }

    private static <H> @Nullable Row<H> first(@Nullable Row<H> one, @Nullable Row<H> other) {
        return one == null || (other != null && other.rank < one.rank) ? other : one;
    }

    private static final class Node<H> {
        private final Map<String, Node<H>> literals = new HashMap<>();
        private final List<Branch<H>> branches = new ArrayList<>();
        private @Nullable Row<H> end;
        private @Nullable Row<H> rest;

        private Node<H> branch(Variable variable) {
            for (Branch<H> branch : branches) {
                if (branch.variable.fitsWhat(variable)) {
                    return branch.node;
                }
            }
            Node<H> node = new Node<>();
            branches.add(new Branch<>(variable, node));
            return node;
        }
    }

    private record Branch<H>(Variable variable, Node<H> node) {}

    private record Row<H>(int rank, H handler, List<Variable> variables) {
        private Match<H> match(String[] levels) {
            Map<String, String> values = HashMap.newHashMap(variables.size());
            for (Variable variable : variables) {
                values.put(variable.name, variable.value(levels));
            }
            return new Match<>(handler, values);
        }
    }

    private record Variable(String name, int level, String before, String after, boolean isRest) {
        private static @Nullable Variable in(String pattern, int level) {
            int open = pattern.indexOf('{');
            int close = pattern.indexOf('}');
            if (open < 0 || close < open) {
                return null;
            }
            String name = pattern.substring(open + 1, close);
            boolean rest = name.endsWith("...");
            return new Variable(
                    rest ? name.substring(0, name.length() - 3) : name,
                    level,
                    pattern.substring(0, open),
                    pattern.substring(close + 1),
                    rest);
        }

        private boolean fits(String text) {
            return text.length() > before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        }

        private boolean fitsWhat(Variable other) {
            return before.equals(other.before) && after.equals(other.after);
        }

        private String value(String[] levels) {
            if (isRest) {
                return String.join("/", List.of(levels).subList(level, levels.length));
            }
            String text = levels[level];
            return text.substring(before.length(), text.length() - after.length());
        }
    }
}
