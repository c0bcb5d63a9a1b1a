package dev.clockbill.print;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A logo as it is shown: where it comes from and how large it is there, in the unit of the medium.
 *
 * @param source an address, {@code cid:} in mails, {@code data:} in print
 */
public record Picture(String source, int width, int height) {
  /** The room for a logo on paper, in points. */
  private static final int PAPER_WIDTH = 150;

  private static final int PAPER_HEIGHT = 50;

  /** How many pixels a point of paper gets: 216 to the inch. */
  private static final int SHARPNESS = 3;

  /** The room for a logo on a screen, in pixels of CSS. */
  private static final int SCREEN_WIDTH = 220;

  private static final int SCREEN_HEIGHT = 56;

  /**
   * For paper: on white and no finer than print shows, so that a document stays small whatever was
   * uploaded.
   *
   * @param file PNG or JPEG
   */
  public static Picture onPaper(byte[] file) {
    BufferedImage read = read(file);
    Size size = Size.within(read, PAPER_WIDTH, PAPER_HEIGHT);
    int width = Math.min(read.getWidth(), size.width() * SHARPNESS);
    int height = Math.max(1, (int) Math.round((double) read.getHeight() * width / read.getWidth()));
    BufferedImage printed = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = printed.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    graphics.drawImage(smooth(read, width, height), 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(printed, "png", png);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new Picture(
        "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray()),
        size.width(),
        size.height());
  }

  /**
   * For a mail or a page that has the file itself.
   *
   * @param source where that has it
   * @param file PNG or JPEG
   */
  public static Picture onScreen(String source, byte[] file) {
    Size size = Size.within(read(file), SCREEN_WIDTH, SCREEN_HEIGHT);
    return new Picture(source, size.width(), size.height());
  }

  /** Halved as often as it goes, since one large step would leave out pixels. */
  private static BufferedImage smooth(BufferedImage image, int width, int height) {
    BufferedImage smooth = image;
    while (smooth.getWidth() >= 2 * width && smooth.getHeight() >= 2 * height) {
      BufferedImage half =
          new BufferedImage(
              smooth.getWidth() / 2, smooth.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = half.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(smooth, 0, 0, half.getWidth(), half.getHeight(), null);
      graphics.dispose();
      smooth = half;
    }
    return smooth;
  }

  private record Size(int width, int height) {
    /** As large as it fits, and no larger than it is. */
    static Size within(BufferedImage image, int width, int height) {
      double scale =
          Math.min(
              1.0,
              Math.min((double) width / image.getWidth(), (double) height / image.getHeight()));
      return new Size(
          Math.max(1, (int) Math.round(image.getWidth() * scale)),
          Math.max(1, (int) Math.round(image.getHeight() * scale)));
    }
  }

  private static BufferedImage read(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
