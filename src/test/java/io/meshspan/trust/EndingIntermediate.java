package io.meshspan.trust;

import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** An intermediate under the root of the application's keystore that ends soon. */
public final class EndingIntermediate {

    private EndingIntermediate() {}

    /** The entries of its {@code cacerts}. */
    public static Map<String, String> in(ApplicationContext application, String cluster, Duration left) {
        Instant now = Instant.now();
        return Cacerts.issue(
                        application.getBean(RootKeystore.class).open(),
                        new ClusterName(cluster),
                        KeyType.EC_P256,
                        new Validity(now.minus(Duration.ofHours(1)), now.plus(left)))
                .getData();
    }
}
