package io.berth.stream.amqp;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.apache.qpid.jms.JmsConnectionFactory;

/// An application on Qpid JMS, connected and listening to what the test asks it for.
final class JmsClient implements AutoCloseable {
    /// How long a message that comes may take, in milliseconds.
    static final int PATIENCE = 30_000;

    final Connection connection;

    private JmsClient(Connection connection) {
        this.connection = connection;
    }

    static JmsClient connect(String url, String user, String password) throws JMSException {
        Connection connection = new JmsConnectionFactory(url).createConnection(user, password);
        connection.start();
        return new JmsClient(connection);
    }

    /// The way Alibaba's samples connect.
    static JmsClient aliyun(AmqpBed bed, String group) throws JMSException {
        String url = "amqp://127.0.0.1:" + bed.port() + "?amqp.idleTimeout=80000";
        return connect(url, AmqpBed.aliyunUser(group), AmqpBed.aliyunPassword());
    }

    /// The way Huawei's samples connect.
    static JmsClient huawei(AmqpBed bed) throws JMSException {
        String url = "amqp://127.0.0.1:" + bed.port() + "?amqp.vhost=default&amqp.idleTimeout=8000"
                + "&amqp.saslMechanisms=PLAIN";
        return connect(url, AmqpBed.huaweiUser(), AmqpBed.SECRET);
    }

    MessageConsumer consumer(String queue, int mode) throws JMSException {
        Session session = connection.createSession(mode);
        return session.createConsumer(session.createQueue(queue));
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
