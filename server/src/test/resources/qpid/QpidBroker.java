import java.util.Map;
import org.apache.qpid.server.SystemLauncher;

/// Starts Apache Qpid Broker-J with a configuration; run from its source, so that no test compiles against it.
/// Its arguments: the configuration's file.
final class QpidBroker {
    public static void main(String[] arguments) throws Exception {
        new SystemLauncher()
                .startup(Map.of(
                        "type", "Memory",
                        "initialConfigurationLocation", arguments[0],
                        "startupLoggedToSystemOut", "true"));
    }
}
