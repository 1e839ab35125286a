package io.meshspan.trust;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The command {@code java -jar meshspan.jar create-trust FOLDER}. It makes the two keystores that all nodes share, before any
 * of them starts, and changes nothing if one of them is there. With {@code --next-root} it makes the root alone that is to
 * follow another one, for nodes that cannot write beside their keystore.
 */
public final class CreateTrust {

    public static final String COMMAND = "create-trust";
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String ROOT = "root-ca.p12";
    private static final String NEXT_ROOT = "--next-root";

    private CreateTrust() {}

    /**
     * @param arguments the arguments after the command
     * @param environment has the password, and other settings of {@code meshspan.trust} if they are wanted
     * @return 0 if they were made, 1 if that is not possible, 2 if the command was misused
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        boolean next = arguments.contains(NEXT_ROOT);
        List<String> folders = arguments.stream()
                .filter(argument -> !argument.equals(NEXT_ROOT))
                .toList();
        if (folders.size() != 1 || folders.get(0).startsWith("-")) {
            out.println(
                    "usage: create-trust [--next-root] FOLDER, with the password in MESHSPAN_TRUST_KEYSTOREPASSWORD");
            return MISUSED;
        }
        Path folder = Path.of(folders.get(0)).toAbsolutePath();
        List<Path> files = (next ? Stream.of(ROOT) : Stream.of(ROOT, EvidenceKey.FILE))
                .map(folder::resolve)
                .toList();
        List<Path> there = files.stream().filter(Files::exists).toList();
        if (!there.isEmpty()) {
            out.printf("%s: expected no such file, found one. Nothing was changed.%n", there.get(0));
            return FAILED;
        }
        try {
            create(settings(folder, environment), next);
        } catch (BindException e) {
            out.println("MESHSPAN_TRUST_KEYSTOREPASSWORD: expected the password of the keystores, found nothing; or "
                    + "another setting of meshspan.trust is wrong.");
            return MISUSED;
        } catch (IOException | GeneralSecurityException | EvidenceKeyUnusable e) {
            out.printf("%s: expected a folder that can be written, found none.%n", folder);
            return FAILED;
        }
        files.forEach(file -> out.printf("%s is made.%n", file));
        out.println(
                next
                        ? "Back it up, with its password. All nodes get it in the place of the root-ca.p12 that they have; keep"
                                + " that one until no mesh is under it."
                        : "Back both up, with their password. All nodes get these two files.");
        return DONE;
    }

    private static TrustProperties settings(Path folder, Map<String, String> environment) {
        StandardEnvironment all = new StandardEnvironment();
        String variables = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        all.getPropertySources()
                .replace(variables, new SystemEnvironmentPropertySource(variables, Map.copyOf(environment)));
        all.getPropertySources()
                .addFirst(new MapPropertySource(
                        "folder",
                        Map.of("meshspan.trust.keystore", folder.resolve(ROOT).toString())));
        ConfigurationPropertySources.attach(all);
        return Binder.get(all).bindOrCreate("meshspan.trust", TrustProperties.class);
    }

    private static void create(TrustProperties properties, boolean next) throws IOException, GeneralSecurityException {
        Files.createDirectories(properties.keystore().toAbsolutePath().resolveSibling("."));
        char[] password = properties.keystorePassword().characters();
        try {
            new RootCreation(properties).createUnlessThere(properties.keystore(), password, next);
        } finally {
            Arrays.fill(password, '\0');
        }
        if (!next) {
            new EvidenceKey(properties).require();
        }
    }
}
