package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.alarm.AlarmStore;
import io.berth.core.audit.AuditStore;
import io.berth.core.batch.BatchFileStore;
import io.berth.core.batch.BatchStore;
import io.berth.core.call.CallStore;
import io.berth.core.caller.AccessKeyStore;
import io.berth.core.caller.CallerStore;
import io.berth.core.caller.NonceJournal;
import io.berth.core.certificate.AuthorityStore;
import io.berth.core.certificate.CertificateStore;
import io.berth.core.certificate.TemplateStore;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.GroupStore;
import io.berth.core.device.TagStore;
import io.berth.core.device.TopologyStore;
import io.berth.core.enrol.UnitStore;
import io.berth.core.line.LineUnitStore;
import io.berth.core.line.StationStore;
import io.berth.core.login.Notes;
import io.berth.core.login.RefusalStore;
import io.berth.core.outbox.OutboxStore;
import io.berth.core.product.ModelStore;
import io.berth.core.product.ProductStore;
import io.berth.core.product.ProductTagStore;
import io.berth.core.product.RemoteConfigStore;
import io.berth.core.product.ScriptStore;
import io.berth.core.product.SpaceStore;
import io.berth.core.route.TopicRouteStore;
import io.berth.core.rule.PolicyStore;
import io.berth.core.rule.RuleStore;
import io.berth.core.scene.SceneStore;
import io.berth.core.session.SessionStore;
import io.berth.core.session.Sessions;
import io.berth.core.state.RepeatRuleStore;
import io.berth.core.state.ShadowStore;
import io.berth.core.state.ThingStore;
import io.berth.core.subscription.ConsumerGroupStore;
import io.berth.core.subscription.CursorStore;
import io.berth.core.subscription.RelationStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// All stores on one database, and what runs beside them. [#close()] finishes the writes that wait.
public final class Storage implements AutoCloseable {

    private static final long FLUSH_REFUSALS_MILLIS = 250;
    private static final long FLUSH_PRESENCE_MILLIS = 250;

    private final Database database;
    private final SqlSpaceStore spaces;
    private final KnownProducts products;
    private final SqlProductTagStore productTags;
    private final SqlModelStore models;
    private final KnownDevices devices;
    private final MasterKey key;
    private final SqlShadowStore shadows;
    private final TagStore tags;
    private final SqlTopologyStore topology;
    private final SqlGroupStore groups;
    private final SqlRemoteConfigStore configs;
    private final SqlDeviceLogStore deviceLogs;
    private final SqlScriptStore scripts;
    private final SqlCallerStore callers;
    private final SqlAccessKeyStore accessKeys;
    private final SqlAuditStore audit;
    private final SqlSessionStore sessions;
    private final SqlRefusalStore refusals;
    private final SqlCallStore calls;
    private final SqlOutboxStore outbox;
    private final SqlConsumerGroupStore consumerGroups;
    private final SqlRelationStore relations;
    private final SqlTopicRouteStore topicRoutes;
    private final SqlRepeatRuleStore repeatRules;
    private final SqlCursorStore cursors;
    private final SqlRuleStore rules;
    private final SqlPolicyStore policies;
    private final SqlAlarmStore alarms;
    private final SqlSceneStore scenes;
    private final SqlBatchStore batches;
    private final SqlBatchFileStore batchFiles;
    private final SqlUnitStore units;
    private final SqlCertificateStore certificates;
    private final SqlAuthorityStore authorities;
    private final SqlTemplateStore templates;
    private final SqlStationStore stations;
    private final SqlLineUnitStore lineUnits;
    private final CachedDeviceDirectory directory;
    private final PresenceWriter presence;
    private final SqlThingStore things;
    private final NodeFiles files;
    private final ScheduledExecutorService timer;

    private Storage(Database database, StorageConfig config, MasterKey key, NodeFiles files, InstantSource clock) {
        SecretCipher cipher = new SecretCipher(key);
        this.key = key;
        this.database = database;
        this.files = files;
        CacheAge age = CacheAge.of(database.isShared(), clock);
        CompiledModels compiled = new CompiledModels();
        Serials serials = new Serials(clock);
        this.spaces = new SqlSpaceStore(database);
        SqlProductStore stored = new SqlProductStore(database, cipher, compiled, serials);
        this.products = new KnownProducts(stored, config.cacheDevices(), age);
        this.productTags = new SqlProductTagStore(database);
        this.models = new SqlModelStore(database, compiled, products::forget);
        DeviceRows rows = new DeviceRows(cipher, serials, config.devicesPerProduct());
        SqlDeviceStore storedDevices = new SqlDeviceStore(database, rows);
        this.units = new SqlUnitStore(database);
        this.directory =
                new CachedDeviceDirectory(new SqlSnapshots(database, rows, stored, units), config.cacheDevices(), age);
        this.devices = new KnownDevices(storedDevices, directory);
        this.shadows = new SqlShadowStore(database);
        this.tags = new RecentTags(new SqlTagStore(database), config.cacheDevices());
        this.topology = new SqlTopologyStore(database);
        this.groups = new SqlGroupStore(database, serials);
        this.configs = new SqlRemoteConfigStore(database);
        this.deviceLogs = new SqlDeviceLogStore(database, config.deviceLogLines());
        this.scripts = new SqlScriptStore(database);
        this.callers = new SqlCallerStore(database, clock);
        this.accessKeys = new SqlAccessKeyStore(database, cipher, clock);
        this.audit = new SqlAuditStore(database, config.writeQueue());
        this.refusals = new SqlRefusalStore(database, config.refusalsKept());
        this.calls = new SqlCallStore(database);
        this.outbox = new SqlOutboxStore(database);
        this.consumerGroups = new SqlConsumerGroupStore(database);
        this.relations = new SqlRelationStore(database);
        this.topicRoutes = new SqlTopicRouteStore(database);
        this.repeatRules = new SqlRepeatRuleStore(database);
        this.cursors = new SqlCursorStore(database, config.deadLettersKept());
        this.rules = new SqlRuleStore(database, cipher);
        this.policies = new SqlPolicyStore(database);
        this.alarms = new SqlAlarmStore(database);
        this.scenes = new SqlSceneStore(database);
        this.batches = new SqlBatchStore(database, rows, cipher);
        this.batchFiles = new SqlBatchFileStore(database, cipher);
        this.certificates = new SqlCertificateStore(database, cipher);
        this.authorities = new SqlAuthorityStore(database, clock);
        this.templates = new SqlTemplateStore(database);
        this.stations = new SqlStationStore(database, cipher);
        this.lineUnits = new SqlLineUnitStore(database);
        this.sessions = new SqlSessionStore(database, clock, config.messagesPerDevice(), directory::sessionKept);
        this.presence = new PresenceWriter(devices, config.cacheDevices());
        this.things = SqlThingStore.open(database, config.things(), clock);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("berth-storage-timer").daemon().factory());
        every(FLUSH_REFUSALS_MILLIS, refusals::flush);
        every(FLUSH_PRESENCE_MILLIS, () -> {
            var _ = presence.flush();
        });
    }

    /// Throws a StorageException, one line for the operator, when the database cannot be used.
    public static Storage open(StorageConfig config, Path dataDirectory, MasterKey key, InstantSource clock) {
        Engine engine = Engine.open(config, dataDirectory);
        try {
            Schema.bringUpToDate(engine);
            engine.write(sql -> MetaTable.noteStart(sql, new SecretCipher(key), clock));
            NodeFiles files = new NodeFiles(dataDirectory, clock);
            return new Storage(new Database(engine, config.writeQueue()), config, key, files, clock);
        } catch (SQLException e) {
            engine.close();
            throw engine.explain(e);
        } catch (StorageException e) {
            engine.close();
            throw e;
        }
    }

    /// The installation's own key for one purpose; the same after a restart, and on every node.
    public Payload keyFor(String purpose) {
        return key.keyFor(purpose);
    }

    public SpaceStore spaces() {
        return spaces;
    }

    public ProductStore products() {
        return products;
    }

    public ProductTagStore productTags() {
        return productTags;
    }

    public DeviceStore devices() {
        return devices;
    }

    public CallerStore callers() {
        return callers;
    }

    public AccessKeyStore accessKeys() {
        return accessKeys;
    }

    public NonceJournal nonces() {
        return files.nonces;
    }

    public AuditStore audit() {
        return audit;
    }

    public SessionStore sessions() {
        return sessions;
    }

    public RefusalStore refusals() {
        return refusals;
    }

    public ThingStore things() {
        return things;
    }

    public ShadowStore shadows() {
        return shadows;
    }

    public TagStore tags() {
        return tags;
    }

    public TopologyStore topology() {
        return topology;
    }

    public GroupStore groups() {
        return groups;
    }

    public RemoteConfigStore configs() {
        return configs;
    }

    public DeviceLogStore deviceLogs() {
        return deviceLogs;
    }

    public ModelStore models() {
        return models;
    }

    public ScriptStore scripts() {
        return scripts;
    }

    public OutboxStore outbox() {
        return outbox;
    }

    public CallStore calls() {
        return calls;
    }

    public RuleStore rules() {
        return rules;
    }

    public PolicyStore policies() {
        return policies;
    }

    public RelationStore relations() {
        return relations;
    }

    public TopicRouteStore topicRoutes() {
        return topicRoutes;
    }

    public RepeatRuleStore repeatRules() {
        return repeatRules;
    }

    public ConsumerGroupStore consumerGroups() {
        return consumerGroups;
    }

    public CursorStore cursors() {
        return cursors;
    }

    public AlarmStore alarms() {
        return alarms;
    }

    public SceneStore scenes() {
        return scenes;
    }

    public BatchStore batches() {
        return batches;
    }

    public BatchFileStore batchFiles() {
        return batchFiles;
    }

    public UnitStore units() {
        return units;
    }

    /// What this node notes with every message, and finds again after a crash. Once for each use.
    ///
    /// @param of the use, one word
    /// @param most so many are kept
    public Notes notes(String of, int most) {
        return files.notes(of, most);
    }

    public CertificateStore certificates() {
        return certificates;
    }

    public AuthorityStore authorities() {
        return authorities;
    }

    public TemplateStore templates() {
        return templates;
    }

    public StationStore stations() {
        return stations;
    }

    public LineUnitStore lineUnits() {
        return lineUnits;
    }

    public DeviceDirectory directory() {
        return directory;
    }

    public Sessions.PresenceListener presence() {
        return presence;
    }

    /// Whether the database answers a read right now. Blocking.
    public boolean answers() {
        try {
            return database.read(sql -> sql.exists("SELECT 1"));
        } catch (ProblemException _) {
            return false;
        }
    }

    /// What the stores have in hand, and what they let go.
    public StorageLoad load() {
        return new StorageLoad(database, directory, refusals, presence, things);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        files.close();
        things.close();
        directory.close();
        refusals.flush();
        try {
            presence.flush().join();
        } catch (CompletionException e) {
            Database.LOG.warn("when devices were last seen could not be written", e);
        }
        database.close();
    }

    private void every(long millis, Runnable task) {
        var _ = timer.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }
}
