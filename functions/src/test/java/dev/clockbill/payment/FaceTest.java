package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.mail.PaperReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The firm's logo, colour and bank account on everything that a customer gets of an invoice. */
@StoppedClock
class FaceTest {
  private TestFirm firm;

  @BeforeEach
  void firm() {
    firm = Laptop.firm();
    firm.owner()
        .patch(
            "/firm",
            """
            {"taxId": "GB 123 4567 82", "phone": "+44 117 496 0000", "branding": {"color": "#7a1f5c"},
             "bank": {"iban": "GB29NWBK60161331926819", "bic": "NWBKGB2L"}}
            """)
        .expect(200);
  }

  private static byte[] logo(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(0x7a1f5c));
    graphics.fillOval(0, 0, width, height);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private JsonNode sent() {
    String customer =
        firm.owner()
            .post(
                "/customers",
                Api.json(
                    "name", "Harbour Foods",
                    "email", "to@harbour.example",
                    "reference", "PO-2026-117",
                    "taxId", "GB 987 6543 53"))
            .expect(201)
            .path("customerId")
            .asText();
    String invoiceId = firm.draft(customer, 12_345);
    firm.send(invoiceId);
    return firm.invoice(invoiceId);
  }

  @Test
  void theLogoIsInTheMailOnThePageAndOnPaper() throws IOException {
    byte[] logo = logo(1_200, 300);
    firm.owner().put("/firm/logo", "image/png", logo).expect(204);
    JsonNode invoice = sent();
    JsonNode mail = firm.mails("invoice").getFirst();
    String name = firm.owner().get("/firm").expect(200).path("name").asText();
    assertThat(mail.path("html").asText()).contains(">" + name + "</span><br>");
    assertThat(mail.path("html").asText())
        .contains("<img src=\"cid:logo\" alt=\"", "background-color:#7a1f5c")
        .doesNotContain("src=\"http");
    JsonNode image = mail.path("attachments").path(1);
    assertThat(image.path("name").asText()).isEqualTo("logo.png");
    assertThat(image.path("contentId").asText()).isEqualTo("logo");
    BufferedImage shown =
        ImageIO.read(
            new ByteArrayInputStream(
                Laptop.api()
                    .bytes("/_local/mails/" + mail.path("id").asText() + "/attachments/logo.png")));
    assertThat(shown.getWidth()).isEqualTo(440);
    String payUrl = invoice.path("payUrl").asText();
    Api.Answer page = Laptop.api().get(payUrl);
    String path = payUrl.substring(payUrl.indexOf("/pay/"));
    assertThat(page.body())
        .contains("<img src=\"" + path + "/logo\" alt=\"", "--press:light-dark(#7a1f5c,");
    assertThat(page.header("content-security-policy").orElseThrow()).contains("img-src 'self'");
    assertThat(Laptop.api().bytes(payUrl + "/logo")).isEqualTo(logo);
    assertThat(PaperReader.images(Laptop.api().bytes(payUrl + "/invoice.pdf"))).isEqualTo(1);
  }

  @Test
  void withoutALogoTheNameStandsThereAndNobodyGetsOne() {
    JsonNode invoice = sent();
    String payUrl = invoice.path("payUrl").asText();
    assertThat(firm.mails("invoice").getFirst().path("attachments")).hasSize(1);
    assertThat(firm.mails("invoice").getFirst().path("html").asText()).doesNotContain("<img");
    assertThat(Laptop.api().get(payUrl).body()).doesNotContain("<img");
    assertThat(Laptop.api().get(payUrl + "/logo").status()).isEqualTo(404);
    assertThat(Laptop.api().get("/pay/AAAAAAAAAAAAAAAAAAAAAA/logo").status()).isEqualTo(404);
    byte[] pdf = Laptop.api().bytes(payUrl + "/invoice.pdf");
    assertThat(PaperReader.images(pdf)).isZero();
    for (String shown : List.of(Laptop.api().get(payUrl).body(), PaperReader.text(pdf))) {
      assertThat(shown)
          .contains("GB29 NWBK 6016 1331 9268 19", "NWBKGB2L", "Tax ID: GB123456782")
          .contains("Tax ID: GB987654353", "PO-2026-117", "+44 117 496 0000");
    }
  }
}
