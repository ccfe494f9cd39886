package io.berth.core.subscription;

import io.berth.core.message.Event;
import io.berth.core.message.Theme;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which events a reader wants.
///
/// @param products product keys, empty for all
/// @param kinds empty for all
/// @param related products that choose themselves what is told ([Relation]), whatever the two before say
/// @param inbox the made-up product under which rules put what is for this reader alone, empty for none
public record Selection(Set<String> products, Set<Event.Kind> kinds, Map<String, Set<Theme>> related, String inbox) {
    public static final Selection ALL = new Selection(Set.of(), Set.of());

    /// For a group that hears only what products tell it, or rules put into its inbox. No product key is so.
    public static final Selection NOTHING = new Selection(Set.of("$nothing"), Set.of());

    /// No product key begins so.
    private static final String INBOX = "$inbox/";

    public Selection {
        products = Set.copyOf(products);
        kinds = Set.copyOf(kinds);
        related = Map.copyOf(related);
    }

    public Selection(Set<String> products, Set<Event.Kind> kinds) {
        this(products, kinds, Map.of(), "");
    }

    /// The inbox of the reader of this id.
    public static String inboxOf(String reader) {
        return INBOX + reader;
    }

    /// Whether that is an inbox and no product.
    public static boolean isInbox(String product) {
        return product.startsWith(INBOX);
    }

    /// The same, and what is put into the reader's inbox.
    public Selection withInboxOf(String reader) {
        return new Selection(products, kinds, related, inboxOf(reader));
    }

    /// The same, and what these products choose.
    public Selection withRelated(Map<String, Set<Theme>> changed) {
        return new Selection(products, kinds, changed, inbox);
    }

    /// The products something is wanted of by their names; empty also when all are wanted.
    public Set<String> named() {
        if (products.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>(related.keySet());
        if (!products.equals(NOTHING.products)) {
            named.addAll(products);
        }
        return named;
    }

    /// What is wanted of a product whatever it is called.
    public Set<Event.Kind> kindsOfAll() {
        return products.isEmpty() ? orAll() : Set.of();
    }

    /// What is wanted of a product because of its name.
    public Set<Event.Kind> kindsOf(String product) {
        Set<Theme> chosen = related.get(product);
        if (chosen == null) {
            return products.contains(product) ? orAll() : Set.of();
        }
        return chosen.stream().map(Theme::kind).collect(Collectors.toSet());
    }

    public boolean matches(Event event) {
        String product = event.product();
        if (isInbox(product)) {
            return product.equals(inbox);
        }
        Set<Theme> chosen = related.get(product);
        return chosen != null
                ? chosen.contains(Theme.of(event.fact()))
                : (products.isEmpty() || products.contains(product))
                        && (kinds.isEmpty() || kinds.contains(event.kind()));
    }

    private Set<Event.Kind> orAll() {
        return kinds.isEmpty() ? EnumSet.allOf(Event.Kind.class) : kinds;
    }
}
