package dev.clockbill.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import org.junit.jupiter.api.Test;
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
  @ValueSource(strings = {"Ж", "ύ", "東", "n", "\"", "e\u0301", "👩🏽‍💻", "क्षि", "🇩🇪"})
  void failure27_aLongNameIsShortenedByWholeCharactersToWhatTheMailServiceTakes(String character)
      throws Exception {
    String address = "billing@clockbill.example";
    for (int characters = 1; characters <= 110; characters++) {
      String name = character.repeat(characters).strip();
      String sender = FromHeader.of(name, address);
      assertThat(sender.length()).isLessThanOrEqualTo(320);
      String read = new InternetAddress(sender, true).getPersonal();
      String kept = read.endsWith("…") ? read.substring(0, read.length() - 1) : read;
      String shown = name.replace("\"", "'");
      assertThat(read.equals(kept) ? kept.equals(shown) : shown.startsWith(kept)).isTrue();
      String whole = character.replace("\"", "'");
      assertThat(kept.replace(whole, "")).isEmpty();
    }
  }

  @Test
  void failure27_theReportedNameKeepsMostOfItself() throws Exception {
    String sender = FromHeader.of("Ж".repeat(110), "billing@clockbill.example");
    assertThat(new InternetAddress(sender, true).getPersonal()).matches("Ж{80,}…");
    assertThat(FromHeader.of("Hollis", "b@" + "d".repeat(310) + ".example"))
        .doesNotContain("Hollis");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A \"quoted\" firm", "Back\\slash", "Two\nlines <x@y.example>"})
  void aNameCannotLeaveItsQuotes(String name) throws Exception {
    InternetAddress read =
        new InternetAddress(FromHeader.of(name, "billing@clockbill.example"), true);
    assertThat(read.getAddress()).isEqualTo("billing@clockbill.example");
  }
}
