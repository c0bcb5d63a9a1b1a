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
 * A logo as it is printed.
 *
 * @param source the image itself, as a {@code data:} address
 * @param width in points
 * @param height in points
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
    int height = share(read.getHeight(), width, read.getWidth());
    BufferedImage printed = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    draw(smooth(read, width, height), printed, Color.WHITE);
    return new Picture(data(png(printed)), size.width(), size.height());
  }

  /**
   * For a mail: a PNG, transparent where the file is, of twice the pixels that it takes on a screen
   * at most. Mail programs that heed no size in a page show it in its own, and that fits too.
   *
   * @param file PNG or JPEG
   */
  public static byte[] onScreen(byte[] file) {
    BufferedImage read = read(file);
    Size size = Size.within(read, 2 * SCREEN_WIDTH, 2 * SCREEN_HEIGHT);
    BufferedImage shown =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_ARGB);
    draw(smooth(read, size.width(), size.height()), shown, null);
    return png(shown);
  }

  /** An image as the address of itself. */
  public static String data(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private static void draw(BufferedImage image, BufferedImage on, Color ground) {
    Graphics2D graphics = on.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, on.getWidth(), on.getHeight(), ground, null);
    graphics.dispose();
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return png.toByteArray();
  }

  /** Halved as often as it goes, since one large step would leave out pixels. */
  private static BufferedImage smooth(BufferedImage image, int width, int height) {
    BufferedImage smooth = image;
    while (smooth.getWidth() >= 2 * width && smooth.getHeight() >= 2 * height) {
      BufferedImage half =
          new BufferedImage(
              smooth.getWidth() / 2, smooth.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
      draw(smooth, half, null);
      smooth = half;
    }
    return smooth;
  }

  /** A length of an image whose other side is shrunk, rounded half up. */
  private static int share(int length, int shrunk, int whole) {
    return Math.max(1, (length * shrunk + whole / 2) / whole);
  }

  private record Size(int width, int height) {
    /** As large as it fits, and no larger than it is. */
    static Size within(BufferedImage image, int width, int height) {
      int wide = image.getWidth();
      int high = image.getHeight();
      if (wide <= width && high <= height) {
        return new Size(wide, high);
      }
      return wide * height >= high * width
          ? new Size(width, share(high, width, wide))
          : new Size(share(wide, height, high), height);
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
