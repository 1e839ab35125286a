package io.meshspan.inventory;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Config;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the text of a kubeconfig as kubectl does: the first document counts, merge keys are resolved, of equal keys the last
 * counts, and extensions may hold anything. Reading it takes time, so callers should keep the result.
 */
final class KubeconfigYaml {

    /** Several thousand clusters with their certificates. */
    private static final int LARGEST = 64 * 1024 * 1024;

    /** More than the parser takes of what is written out. */
    private static final int DEEPEST = 100;

    /** The only extension that is read: what an exec plugin learns about its cluster. */
    private static final String OF_PLUGINS = "client.authentication.k8s.io/exec";

    private static final String EXTENSIONS = "extensions";
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private KubeconfigYaml() {}

    /** @throws UnusableKubeconfig without a quote of the text; the parser's message would quote it */
    static Config parse(String text, String what) {
        try {
            Object read = first(text);
            if (read == null) {
                return new Config();
            }
            onlyKnownExtensions(read, 0);
            return MAPPER.convertValue(read, Config.class);
        } catch (MarkedYAMLException e) {
            throw new UnusableKubeconfig("%s is no YAML (line %d)."
                    .formatted(
                            what,
                            e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1));
        } catch (YAMLException e) {
            throw new UnusableKubeconfig("%s is no YAML, or too long.".formatted(what));
        } catch (IllegalArgumentException e) {
            throw new UnusableKubeconfig("%s is no kubeconfig: a field has a value of another kind.".formatted(what));
        }
    }

    private static @Nullable Object first(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setWarnOnDuplicateKeys(false);
        Yaml yaml = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new WithoutTimes());
        var documents = yaml.loadAll(text).iterator();
        return documents.hasNext() ? documents.next() : null;
    }

    /**
     * Tools keep texts, numbers and nulls in extensions, for which the model has no place.
     *
     * @throws IllegalArgumentException if an alias leads into itself
     */
    private static void onlyKnownExtensions(@Nullable Object node, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("an endless alias");
        }
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (!EXTENSIONS.equals(key)) {
                    onlyKnownExtensions(value, depth + 1);
                } else if (value instanceof List<?> list) {
                    list.removeIf(extension -> !isOfPlugins(extension));
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> onlyKnownExtensions(item, depth + 1));
        }
    }

    private static boolean isOfPlugins(@Nullable Object extension) {
        return extension instanceof Map<?, ?> map
                && OF_PLUGINS.equals(map.get("name"))
                && map.get("extension") instanceof Map;
    }

    /** What looks like a time is a text, as in kubectl. */
    private static final class WithoutTimes extends Resolver {

        @Override
        public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, regexp, first, limit);
            }
        }
    }
}
