package io.berth.core.subscription;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Rights;
import io.berth.core.message.Theme;
import io.berth.core.product.Products;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The consumer groups. All of them are in memory: each login of a consumer asks for one. Changes block;
/// questions do not. Any thread.
public final class ConsumerGroups {
    private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConsumerGroupStore store;
    private final Readers readers;
    private final Products products;
    private final Set<String> formats;
    private final int max;
    private final InstantSource clock;
    private final Map<String, ConsumerGroup> groups = new ConcurrentHashMap<>();

    /// @param formats the words of the event formats there are
    /// @param max how many groups there may be (spec aliyun-openapi 4.1: 1,000)
    public ConsumerGroups(
            ConsumerGroupStore store,
            Readers readers,
            Products products,
            Set<String> formats,
            int max,
            InstantSource clock) {
        this.store = store;
        this.readers = readers;
        this.products = products;
        this.formats = Set.copyOf(formats);
        this.max = max;
        this.clock = clock;
        for (ConsumerGroup group : store.list()) {
            readers.begin(Reader.of(group));
            groups.put(group.id(), group);
        }
    }

    /// A group to create.
    public record Draft(String name, String format, Selection selection, Bounds bounds) {}

    /// What happens from here on is for the group: INVALID_ARGUMENT when there is no such format,
    /// PRODUCT_NOT_FOUND, GROUP_EXISTS, LIMIT_REACHED.
    public synchronized ConsumerGroup create(Draft draft) {
        require(
                formats.contains(draft.format()),
                "there is no format \"" + draft.format() + "\"; there are " + new TreeSet<>(formats));
        if (!draft.selection().equals(Selection.NOTHING)) {
            draft.selection().products().forEach(products::get);
        }
        if (groups.size() >= max) {
            throw new ProblemException(Problem.LIMIT_REACHED, "there are at most " + max + " consumer groups");
        }
        ConsumerGroup group = new ConsumerGroup(
                randomId(), draft.name(), draft.format(), draft.selection(), draft.bounds(), clock.instant());
        store.insert(group);
        readers.begin(Reader.of(group));
        groups.put(group.id(), group);
        return group;
    }

    /// By name.
    public List<ConsumerGroup> list() {
        return groups.values().stream()
                .sorted(Comparator.comparing(ConsumerGroup::name))
                .toList();
    }

    public Optional<ConsumerGroup> find(String nameOrId) {
        ConsumerGroup byId = groups.get(nameOrId);
        return byId != null
                ? Optional.of(byId)
                : groups.values().stream()
                        .filter(group -> group.name().equals(nameOrId))
                        .findFirst();
    }

    /// What is out of reach does not exist.
    public Optional<ConsumerGroup> find(String nameOrId, Rights rights) {
        return find(nameOrId).filter(group -> isWithin(group, rights));
    }

    /// NOT_FOUND also when it is out of reach.
    public ConsumerGroup get(String nameOrId, Rights rights) {
        return find(nameOrId, rights).orElseThrow(() -> notFound(nameOrId));
    }

    /// Whether all the group hears of is in the resource spaces of the rights. What a rule puts into a group
    /// is for whoever may read the group.
    public boolean isWithin(ConsumerGroup group, Rights rights) {
        if (rights.spaces().isEmpty()) {
            return true;
        }
        Set<String> heard = group.selection().named();
        return !heard.isEmpty()
                && heard.stream()
                        .allMatch(key -> products.find(key)
                                .filter(product -> rights.reach(product.space()))
                                .isPresent());
    }

    public ConsumerGroup get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> notFound(nameOrId));
    }

    /// GROUP_EXISTS when the name is taken; NOT_FOUND.
    public synchronized ConsumerGroup rename(String nameOrId, String name) {
        ConsumerGroup group = get(nameOrId);
        ConsumerGroup renamed =
                new ConsumerGroup(group.id(), name, group.format(), group.selection(), group.bounds(), group.created());
        store.rename(group.id(), name);
        groups.put(group.id(), renamed);
        return renamed;
    }

    /// Lets the group hear what these products choose, besides what it chose itself.
    synchronized void relate(String id, Map<String, Set<Theme>> themes) {
        ConsumerGroup group = get(id);
        Selection selection = group.selection().withRelated(themes);
        if (!selection.equals(group.selection())) {
            ConsumerGroup changed = new ConsumerGroup(
                    group.id(), group.name(), group.format(), selection, group.bounds(), group.created());
            readers.select(id, Reader.of(changed).selection());
            groups.put(id, changed);
        }
    }

    public Readers.Progress progress(ConsumerGroup group) {
        return readers.progress(group.id());
    }

    /// Leaves out what the group has not settled by now.
    public ConsumerGroup skip(String nameOrId) {
        return reset(nameOrId, clock.instant());
    }

    /// Tells the group again what happened from this moment on.
    public ConsumerGroup reset(String nameOrId, Instant from) {
        ConsumerGroup group = get(nameOrId);
        readers.reset(group.id(), from);
        return group;
    }

    /// Ends its consumers too.
    public synchronized void delete(String nameOrId) {
        ConsumerGroup group = get(nameOrId);
        store.delete(group.id());
        groups.remove(group.id());
        readers.end(group.id());
    }

    /// The events nobody accepted, the newest first.
    public List<Readers.Dead> dead(String nameOrId, int most) {
        return readers.dead(get(nameOrId).id(), most);
    }

    private static ProblemException notFound(String nameOrId) {
        return new ProblemException(Problem.NOT_FOUND, "there is no consumer group \"" + nameOrId + "\"");
    }

    private static String randomId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(RANDOM.nextInt(ID_LETTERS.length())));
        }
        return id.toString();
    }
}
