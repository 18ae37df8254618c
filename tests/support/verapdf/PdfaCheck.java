import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates a file against a flavour for each line "2a TAB FILE" that comes, and ends the answer with "end". */
public class PdfaCheck {
    public static void main(String[] arguments) throws IOException {
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] parts = line.split("\t", 2);
            check(parts[1], parts[0]);
            say(parts[1], parts[0], "end", "");
        }
    }

    private static void check(String file, String id) {
        PDFAFlavour flavour = PDFAFlavour.fromString(id);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
            ValidationResult result =
                Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            say(file, id, result.isCompliant() ? "compliant" : "refused", result.getTotalAssertions() + "");
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    String clause = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
                    say(file, id, "failed", clause + " " + each.getMessage());
                }
            }
        } catch (Exception error) {
            say(file, id, "refused", "0");
            say(file, id, "failed", error.toString());
        }
    }

    private static void say(String... parts) {
        System.out.println(String.join("\t", parts).replace("\n", " "));
    }
}
