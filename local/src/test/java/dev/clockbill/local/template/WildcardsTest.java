package dev.clockbill.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {
  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "*, '', true",
    "a*c, abbbc, true",
    "a*c, ac, true",
    "a*b*c, axbxbxc, true",
    "a?c, abc, true",
    "table/Notes/index/*, table/Notes/index/ByTitle, true",
    "a*c, abcd, false",
    "a?c, ac, false",
    "abc, ABC, false",
    "'', a, false",
    "a.c, abc, false",
  })
  void aStarStandsForAnyTextAndAQuestionMarkForOneSign(
      String pattern, String text, boolean matches) {
    assertThat(Wildcards.match(pattern, text)).isEqualTo(matches);
  }
}
