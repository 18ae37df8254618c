import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates each file against each flavour: java PdfaCheck.java 2a,ua1 FILE... */
public class PdfaCheck {
    public static void main(String[] arguments) {
        VeraGreenfieldFoundryProvider.initialise();
        for (int place = 1; place < arguments.length; place++) {
            for (String flavour : arguments[0].split(",")) {
                check(arguments[place], flavour);
            }
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
