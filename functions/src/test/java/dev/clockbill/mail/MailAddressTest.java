package dev.clockbill.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.mail.MailAddress.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

  @Test
  void failure29_blanksAroundAnAddressAreCut() {
    for (String pasted :
        new String[] {
          "\u00a0anna@example.com\u200b",
          "anna@example.com\ufeff",
          "anna\u200b@\u00a0example.com",
          " anna@exam\u00adple.com "
        }) {
      assertThat(MailAddress.read(pasted).address()).isEqualTo("anna@example.com");
    }
    assertThat(MailAddress.read("an na@example.com").fault()).isEqualTo(Fault.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "info@bücher.example, info@bücher.example, info@xn--bcher-kva.example",
    "info@BU\u0308CHER.example, info@bücher.example, info@xn--bcher-kva.example",
    "info@xn--bcher-kva.example, info@bücher.example, info@xn--bcher-kva.example",
    "a@straße.example, a@straße.example, a@xn--strae-oqa.example",
    "a@例え.テスト, a@例え.テスト, a@xn--r8jz45g.xn--zckzah",
    "a@ｂｅｉｓｐｉｅｌ。example, a@beispiel.example, a@beispiel.example",
    "a@نامه\u200cای.example, a@نامه\u200cای.example, a@xn--mgba3gch31f060k.example",
    "Anna@Example.COM, Anna@Example.COM, Anna@Example.COM"
  })
  void failure29_aDomainKeepsItsLettersAndIsSentInAscii(String typed, String kept, String sent) {
    assertThat(MailAddress.read(typed).address()).isEqualTo(kept);
    assertThat(MailAddress.sent(kept)).isEqualTo(sent);
    assertThat(MailAddress.read(kept).address()).isEqualTo(kept);
    assertThat(MailAddress.same(typed, sent)).isTrue();
  }

  @Test
  void whatMailServicesDoNotTakeIsSaid() {
    assertThat(MailAddress.read("anna.müller@example.com").fault())
        .isEqualTo(Fault.LETTERS_BEFORE_AT);
    assertThat(MailAddress.read("anna@mü ller.example").fault()).isEqualTo(Fault.DOMAIN);
    assertThat(MailAddress.read("anna@-müller.example").fault()).isEqualTo(Fault.DOMAIN);
    assertThat(MailAddress.read("anna@" + "ü".repeat(70) + ".example").fault())
        .isEqualTo(Fault.DOMAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "@", "anna", "anna@", "@example.com", "a@b", "a@@b.example", "a@b..example"})
  void whatIsNoAddressIsNone(String text) {
    assertThat(MailAddress.read(text).fault()).isEqualTo(Fault.NONE);
  }
}
