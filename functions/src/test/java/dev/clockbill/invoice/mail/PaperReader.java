package dev.clockbill.invoice.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/** What is on a PDF, for tests of other rooms. */
public final class PaperReader {
  private PaperReader() {}

  /** Its text, with plain blanks. */
  public static String text(byte[] pdf) {
    return PrintedPdf.of(pdf).text();
  }

  /** How many images are on its first page. */
  public static int images(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDPage page = document.getPage(0);
      int images = 0;
      for (COSName name : page.getResources().getXObjectNames()) {
        images += page.getResources().isImageXObject(name) ? 1 : 0;
      }
      return images;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
