package dev.clockbill.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailTest {

  @Test
  void aNameOfTwoLinesCannotBreakTheSubject() {
    Mail mail =
        new Mail(
            new Mail.Id(
                "01J0000000000000000000000F", MailKind.RECEIPT, "01J0000000000000000000000N", 1),
            "Hollis & Reed",
            "ada@example.com",
            List.of(),
            List.of(),
            "office@example.com",
            "Timer for Ada\r\nBcc: all@example.com\u2028still running",
            "",
            "",
            Map.of(),
            List.of());
    assertThat(mail.subject()).isEqualTo("Timer for Ada Bcc: all@example.com still running");
  }
}
