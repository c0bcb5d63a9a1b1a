package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF whether a PDF is PDF/UA-1 (ISO 14289-1), as far as a machine can tell. */
final class AccessiblePdf {
  private AccessiblePdf() {}

  /** Fails with the rules that a PDF breaks. */
  static void check(byte[] pdf) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    try (VeraPDFFoundry foundry = Foundries.defaultInstance();
        PDFAParser parser =
            foundry.createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1);
        PDFAValidator validator = foundry.createValidator(PDFAFlavour.PDFUA_1, false)) {
      ValidationResult result = validator.validate(parser);
      assertThat(result.getTotalAssertions()).isPositive();
      assertThat(result.getTestAssertions())
          .extracting(broken -> broken.getRuleId() + " " + broken.getMessage())
          .isEmpty();
      assertThat(result.isCompliant()).isTrue();
    }
  }
}
