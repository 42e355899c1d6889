import java.io.IOException;
import java.nio.file.Path;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j community server in a home folder, set up by its conf/neo4j.conf. Prints the port it listens on when it is
 * ready, and ends when its standard input closes: it cannot outlive the process that started it.
 */
public class Server {
    public static void main(String[] arguments) throws Exception {
        var answer = System.out;
        System.setOut(System.err); // Nobody reads the answer's pipe after the port.
        var watch = new Thread(Server::endWithParent);
        watch.setDaemon(true);
        watch.start();
        var home = Path.of(arguments[0]);
        var service = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("conf/neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        var ports = ((GraphDatabaseAPI) service.database("neo4j"))
                .getDependencyResolver()
                .resolveDependency(ConnectorPortRegister.class);
        answer.println(ports.getLocalAddress(ConnectorType.BOLT).getPort());
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException closed) {
            // As good as its end.
        }
        System.exit(0);
    }
}
