package io.meshspan.rollback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.kubernetes.ObjectRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An object as an entry of a Secret: compressed, since all of Istio's CRDs together must fit into one. */
final class BackupEntry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BackupEntry() {}

    /** A Secret's key may not bear every character that a name may. */
    static String key(ObjectRef object) {
        String whole = object.apiVersion() + " " + object;
        return object.kind() + "-" + UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
    }

    static String of(GenericKubernetesResource object) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(JSON.writeValueAsBytes(object));
        } catch (IOException e) {
            throw new UncheckedIOException("an object could not be packed", unsaid(e));
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    static GenericKubernetesResource open(String entry) {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(entry)))) {
            return JSON.readValue(in, GenericKubernetesResource.class);
        } catch (IOException e) {
            throw new UncheckedIOException("an object could not be unpacked", unsaid(e));
        }
    }

    /** Jackson's words quote what it read, which may be a Secret. */
    private static IOException unsaid(IOException e) {
        return e instanceof JsonProcessingException ? new IOException("no object") : e;
    }
}
