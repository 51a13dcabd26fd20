import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.common.settings.Settings;

/**
 * One OpenSearch node on 127.0.0.1; it ends when its standard input does, so never outlives whoever started it.
 * Arguments: --folder PATH --http-port N --transport-port N --node NAME --cluster NAME, and --seed HOST:PORT for each
 * node of the cluster, by its transport address; without one it is alone. (The runner's own main() hides what goes
 * wrong, and takes no port above 9298.)
 */
public class Node {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = new HashMap<>();
        List<String> seeds = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("--seed")) {
                seeds.add(arguments[i + 1]);
            } else {
                given.put(arguments[i], arguments[i + 1]);
            }
        }
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1);
        runner.onBuild((number, settings) -> configure(settings, given, seeds));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
        try {
            runner.build(OpenSearchRunner.newConfigs().numOfNode(1)
                .basePath(given.get("--folder")).clusterName(given.get("--cluster")));
            System.out.println("up: http://127.0.0.1:" + given.get("--http-port"));
            while (System.in.read() >= 0) {}
        } catch (Exception | Error wrong) {
            wrong.printStackTrace();
            System.exit(1); // the node's threads would keep the process alive
        }
        System.exit(0);
    }

    private static void configure(Settings.Builder settings, Map<String, String> given, List<String> seeds) {
        settings.put("network.host", "127.0.0.1").put("http.port", given.get("--http-port"))
            .put("transport.port", given.get("--transport-port")).put("node.name", given.get("--node"))
            .put("node.processors", 2).put("cluster.routing.allocation.disk.threshold_enabled", false);
        if (seeds.isEmpty()) {
            settings.put("discovery.type", "single-node");
        } else {
            settings.putList("discovery.seed_hosts", seeds).putList("cluster.initial_cluster_manager_nodes", seeds);
        }
    }

    private static void close(OpenSearchRunner runner) {
        try {
            runner.close();
        } catch (Exception wrong) {
            wrong.printStackTrace();
        }
    }
}
