package dev.clockbill.firm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Judges an uploaded logo by its bytes, whatever the client calls it.
 *
 * <p>It is decoded once, since it goes into PDFs and to the customers' mail programs: what breaks
 * off or is malformed is refused here, where somebody can choose another file. Its size is read
 * from the header before anything is decoded, and the steps in which a JPEG may be built up are
 * counted, so that a small file cannot cost much memory or time.
 */
final class LogoImage {
  /** The largest file, in bytes. */
  static final int MOST_BYTES = 200_000;

  /** The largest width and height, in pixels. */
  static final int MOST_PIXELS = 2_000;

  /** More scans than any program writes that makes progressive JPEGs (libjpeg: 10). */
  private static final int MOST_SCANS = 30;

  private LogoImage() {}

  /** A kind of image that mail programs, browsers and PDFs all show. */
  private enum Kind {
    PNG("image/png", "89504e470d0a1a0a"),
    JPEG("image/jpeg", "ffd8ff");

    private final String contentType;
    private final String start;

    Kind(String contentType, String start) {
      this.contentType = contentType;
      this.start = start;
    }

    static Optional<Kind> of(byte[] bytes) {
      String begins = HexFormat.of().formatHex(bytes, 0, Math.min(8, bytes.length));
      return Arrays.stream(values()).filter(kind -> begins.startsWith(kind.start)).findFirst();
    }
  }

  /** Why an upload is no logo; the message is a sentence for a person. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * The media type of an image that may be a logo.
   *
   * @throws Refused if it may not
   */
  static String contentType(byte[] bytes) throws Refused {
    if (bytes.length == 0) {
      throw new Refused("Send the image itself as the body.");
    }
    if (bytes.length > MOST_BYTES) {
      throw new Refused(
          "This file has "
              + (bytes.length + 999) / 1000
              + " kB. A logo may have at most 200 kB: save it smaller.");
    }
    Kind kind =
        Kind.of(bytes).orElseThrow(() -> new Refused("A logo has to be a PNG or a JPEG image."));
    if (kind == Kind.JPEG && scans(bytes) > MOST_SCANS) {
      throw new Refused("This JPEG is built up in too many steps. Save it as a plain JPEG.");
    }
    decode(kind, bytes);
    return kind.contentType;
  }

  private static void decode(Kind kind, byte[] bytes) throws Refused {
    ImageReader reader = ImageIO.getImageReadersByMIMEType(kind.contentType).next();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width > MOST_PIXELS || height > MOST_PIXELS) {
        throw new Refused(
            "This image is "
                + width
                + " × "
                + height
                + " pixels. A logo may have at most 2,000 × 2,000: save it smaller.");
      }
      reader.read(0);
    } catch (IOException | RuntimeException malformed) {
      throw new Refused(
          "This image cannot be read: it is damaged, or made for print (CMYK). Save it as a PNG.");
    } finally {
      reader.dispose();
    }
  }

  /** How many scans a JPEG begins: within one, the byte FF is followed by 00 or a restart. */
  private static int scans(byte[] bytes) {
    int found = 0;
    for (int at = 1; at < bytes.length; at++) {
      if (bytes[at] == (byte) 0xda && bytes[at - 1] == (byte) 0xff) {
        found++;
      }
    }
    return found;
  }
}
