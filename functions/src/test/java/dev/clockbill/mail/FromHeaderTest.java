package dev.clockbill.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FromHeaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hollis & Reed, Tax Advisers",
        "Müller & Söhne Steuerberatung",
        "東京会計事務所",
        "Κατερίνα Παπαδοπούλου και Συνεργάτες, Λογιστές και Φοροτεχνικοί Σύμβουλοι",
        "𝔄𝔟𝔠 \uD83D\uDE80"
      })
  void aMailProgramReadsTheNameAsItIs(String name) throws Exception {
    String sender = FromHeader.of(name, "billing@clockbill.example");
    assertThat(sender.chars()).allMatch(character -> character < 128);
    assertThat(sender.split(" ")).allMatch(word -> !word.startsWith("=?") || word.length() <= 75);
    InternetAddress read = new InternetAddress(sender, true);
    assertThat(read.getPersonal()).isEqualTo(name);
    assertThat(read.getAddress()).isEqualTo("billing@clockbill.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A \"quoted\" firm", "Back\\slash", "Two\nlines <x@y.example>"})
  void aNameCannotLeaveItsQuotes(String name) throws Exception {
    InternetAddress read =
        new InternetAddress(FromHeader.of(name, "billing@clockbill.example"), true);
    assertThat(read.getAddress()).isEqualTo("billing@clockbill.example");
  }
}
