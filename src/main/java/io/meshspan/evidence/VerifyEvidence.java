package io.meshspan.evidence;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code java -jar meshspan.jar verify-evidence FILE [--key CERTIFICATE]}. It needs neither the service nor its
 * database.
 */
public final class VerifyEvidence {

    public static final String COMMAND = "verify-evidence";
    private static final int GENUINE = 0;
    private static final int ALTERED = 1;
    private static final int MISUSED = 2;

    private VerifyEvidence() {}

    /**
     * @param arguments the arguments after the command
     * @return 0 if the file is genuine, 1 if it is not, 2 if it could not be checked
     */
    public static int run(List<String> arguments, PrintStream out) {
        boolean keyGiven = arguments.size() == 3 && arguments.get(1).equals("--key");
        if (arguments.size() != 1 && !keyGiven) {
            out.println("usage: verify-evidence FILE [--key CERTIFICATE.pem]");
            return MISUSED;
        }
        try {
            byte[] file = Files.readAllBytes(Path.of(arguments.get(0)));
            Optional<String> key =
                    keyGiven ? Optional.of(Files.readString(Path.of(arguments.get(2)))) : Optional.empty();
            return tell(file, key, out);
        } catch (IOException e) {
            out.println("cannot be read: " + e.getMessage());
            return MISUSED;
        }
    }

    private static int tell(byte[] file, Optional<String> key, PrintStream out) throws IOException {
        List<String> problems = EvidenceCheck.problems(file, key);
        if (!problems.isEmpty()) {
            out.println("NOT GENUINE");
            problems.forEach(problem -> out.println("  " + problem));
            return ALTERED;
        }
        Evidence evidence = EvidenceFile.read(file);
        out.printf(
                "GENUINE: change %s of mesh %s, %d records, none altered%n",
                evidence.change(), evidence.mesh(), evidence.recordCount());
        out.printf(
                "  signed with key %s%n",
                SigningCertificate.of(evidence.certificate()).fingerprint());
        if (key.isEmpty()) {
            out.println(
                    "  Compare it with the fingerprint that the service publishes, or pass its certificate with --key.");
        }
        return GENUINE;
    }
}
