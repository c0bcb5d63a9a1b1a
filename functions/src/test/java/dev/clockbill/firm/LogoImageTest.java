package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class LogoImageTest {
  static byte[] png(int width, int height) {
    return image("png", width, height);
  }

  static byte[] jpeg(int width, int height) {
    return image("jpeg", width, height);
  }

  private static byte[] image(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x1f5fd0);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, format, bytes);
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** A PNG that says it is of another size than its pixels fill. */
  private static byte[] claiming(int width, int height) {
    ByteBuffer bytes = ByteBuffer.wrap(png(1, 1));
    bytes.putInt(16, width).putInt(20, height);
    CRC32 check = new CRC32();
    check.update(bytes.array(), 12, 17);
    return bytes.putInt(29, (int) check.getValue()).array();
  }

  @Test
  void itIsJudgedByItsBytes() throws Exception {
    assertThat(LogoImage.contentType(png(2_000, 2_000))).isEqualTo("image/png");
    assertThat(LogoImage.contentType(jpeg(300, 100))).isEqualTo("image/jpeg");
    refused("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8), "PNG");
    refused("GIF89a".getBytes(StandardCharsets.UTF_8), "PNG or a JPEG");
    refused(new byte[0], "Send the image");
  }

  @Test
  void whatIsTooLargeIsRefusedInWords() {
    refused(png(2_001, 10), "2001 × 10 pixels");
    refused(jpeg(10, 2_001), "10 × 2001 pixels");
    refused(new byte[200_001], "201 kB");
  }

  @Test
  void whatWouldUnpackToMoreThanItMayIsNotUnpacked() {
    refused(claiming(60_000, 60_000), "60000 × 60000 pixels");
    refused(claiming(2_000, 2_000), "cannot be read");
    refused(claiming(-5, 1), "cannot be read");
  }

  @Test
  void whatBreaksOffOrIsMalformedIsRefused() {
    byte[] png = png(50, 50);
    byte[] jpeg = jpeg(50, 50);
    refused(Arrays.copyOf(png, 20), "cannot be read");
    refused(Arrays.copyOf(png, png.length - 30), "cannot be read");
    refused(Arrays.copyOf(jpeg, 40), "cannot be read");
    refused(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0}, "cannot be read");
  }

  @Test
  void aJpegOfCountlessScansIsRefused() {
    byte[] jpeg = Arrays.copyOf(jpeg(50, 50), 2_000);
    for (int at = 1_000; at < 1_100; at += 2) {
      jpeg[at] = (byte) 0xff;
      jpeg[at + 1] = (byte) 0xda;
    }
    refused(jpeg, "too many steps");
  }

  private static void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> LogoImage.contentType(bytes))
        .isInstanceOf(LogoImage.Refused.class)
        .hasMessageContaining(why);
  }
}
