package io.berth.rule.clickhouse;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.Columns;
import io.berth.rule.Destination;
import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.rule.RuleConfig;
import io.berth.rule.http.HttpDestination;
import io.berth.rule.http.HttpSender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/// Inserts a row for each message.
public final class ClickHouseDestination implements Destination {
    /// Rows are gathered by the server, which answers when they are written; dates may come as ISO 8601.
    private static final String SETTINGS =
            "&async_insert=1&wait_for_async_insert=1&date_time_input_format=best_effort&input_format_null_as_default=1";

    private final DestinationConfig.ClickHouse config;
    private final Columns columns;
    private final String address;
    private final HttpSender sender;

    public ClickHouseDestination(DestinationConfig.ClickHouse config, OutboundGate gate, RuleConfig limits) {
        this.config = config;
        require(!config.database().isBlank() && !config.table().isBlank(), "\"database\" or \"table\" is empty");
        require((config.user() == null) == (config.password() == null), "\"user\" and \"password\" go together");
        this.columns = Columns.of(config.columns());
        String statement = "INSERT INTO " + quoted(config.database()) + "." + quoted(config.table()) + " ("
                + columns.list(ClickHouseDestination::quoted) + ") FORMAT JSONEachRow";
        this.address = HttpSender.server(config.url()) + "/?query=" + HttpSender.encoded(statement) + SETTINGS;
        this.sender = new HttpSender(config.ca(), gate, limits);
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        HttpPost request = new HttpPost(address);
        request.setEntity(new StringEntity(row(message), ContentType.APPLICATION_JSON));
        if (config.user() != null && config.password() != null) {
            request.setHeader("Authorization", HttpDestination.basic(config.user(), config.password()));
        }
        return sender.send(request);
    }

    @Override
    public void close() {
        sender.close();
    }

    private String row(Outgoing message) {
        List<Value> values = columns.values(message);
        SequencedMap<String, Value> row = new LinkedHashMap<>();
        for (String name : columns.names()) {
            row.put(name, values.get(row.size()));
        }
        return ValueJson.write(new Value.Fields(row));
    }

    private static String quoted(String name) {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }
}
