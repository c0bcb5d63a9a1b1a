package dev.clockbill.invoice.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * What a person reads in a PDF.
 *
 * @param title as the reader's window shows it
 * @param language of the text
 * @param pages the text of each, row by row
 * @param links where they lead
 */
record PrintedPdf(String title, String language, List<String> pages, List<String> links) {

  /** Reads a PDF. */
  static PrintedPdf of(byte[] bytes) {
    try (PDDocument document = Loader.loadPDF(bytes)) {
      List<String> pages = new ArrayList<>();
      List<String> links = new ArrayList<>();
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        pages.add(text(document, page));
        links.addAll(links(document.getPage(page - 1)));
      }
      return new PrintedPdf(
          document.getDocumentInformation().getTitle(),
          document.getDocumentCatalog().getLanguage(),
          pages,
          links);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The text of all pages. */
  String text() {
    return String.join("\n", pages);
  }

  private static String text(PDDocument document, int page) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setSortByPosition(true);
    stripper.setLineSeparator("\n");
    stripper.setStartPage(page);
    stripper.setEndPage(page);
    return stripper.getText(document).replace('\u00a0', ' ');
  }

  private static List<String> links(PDPage page) throws IOException {
    List<String> links = new ArrayList<>();
    for (PDAnnotation annotation : page.getAnnotations()) {
      if (annotation instanceof PDAnnotationLink link
          && link.getAction() instanceof PDActionURI leads) {
        links.add(leads.getURI());
      }
    }
    return links;
  }
}
