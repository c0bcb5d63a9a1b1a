package dev.clockbill.firm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
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

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  private LogoImage() {}

  /** A kind of image that mail programs, browsers and PDFs all show. */
  private enum Kind {
    PNG_FILE("png", "image/png", PNG),
    JPEG_FILE("jpeg", "image/jpeg", JPEG);

    private final String format;
    private final String contentType;
    private final byte[] start;

    Kind(String format, String contentType, byte[] start) {
      this.format = format;
      this.contentType = contentType;
      this.start = start;
    }

    static Optional<Kind> of(byte[] bytes) {
      return Arrays.stream(values())
          .filter(
              kind ->
                  bytes.length > kind.start.length
                      && Arrays.equals(
                          bytes, 0, kind.start.length, kind.start, 0, kind.start.length))
          .findFirst();
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
    if (kind == Kind.JPEG_FILE && scans(bytes) > MOST_SCANS) {
      throw new Refused("This JPEG is built up in too many steps. Save it as a plain JPEG.");
    }
    decode(kind, bytes);
    return kind.contentType;
  }

  private static void decode(Kind kind, byte[] bytes) throws Refused {
    ImageReader reader = ImageIO.getImageReadersByFormatName(kind.format).next();
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
