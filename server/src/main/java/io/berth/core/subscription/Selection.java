package io.berth.core.subscription;

import io.berth.core.message.Event;
import java.util.Set;

/// Which events a reader wants.
///
/// @param products product keys, empty for all
/// @param kinds empty for all
/// @param inbox the made-up product under which rules put what is for this reader alone, empty for none
public record Selection(Set<String> products, Set<Event.Kind> kinds, String inbox) {
    /// No product key begins so.
    private static final String INBOXES = "$inbox/";

    public static final Selection ALL = new Selection(Set.of(), Set.of());

    /// Nothing but what is put into the reader's inbox.
    public static final Selection INBOX = new Selection(Set.of(INBOXES), Set.of());

    public Selection {
        products = Set.copyOf(products);
        kinds = Set.copyOf(kinds);
    }

    public Selection(Set<String> products, Set<Event.Kind> kinds) {
        this(products, kinds, "");
    }

    /// The inbox of the reader of this id.
    public static String inboxOf(String reader) {
        return INBOXES + reader;
    }

    /// The same, and what is put into the reader's inbox.
    public Selection withInboxOf(String reader) {
        return new Selection(products, kinds, inboxOf(reader));
    }

    public boolean matches(String product, Event.Kind kind) {
        return product.startsWith(INBOXES)
                ? product.equals(inbox)
                : (products.isEmpty() || products.contains(product)) && (kinds.isEmpty() || kinds.contains(kind));
    }

    public boolean matches(Event event) {
        return matches(event.product(), event.kind());
    }
}
