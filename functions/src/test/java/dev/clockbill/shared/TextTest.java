package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                " ",
                "\u00a0",
                "\u200b",
                "\ufeff",
                "\u200d",
                "\u200e",
                "\u0301",
                "\u0323",
                "\ufe0f",
                "é",
                "e",
                "ß",
                "ẞ",
                "SS",
                "İ",
                "ı",
                "Σ",
                "ς",
                "パ",
                "ハ",
                "\u309a",
                "'",
                "’",
                "ʼ",
                "—",
                "-",
                "ﬁ",
                "Ａ",
                "Ø",
                "æ",
                "각",
                "ק",
                "ُ",
                "क्",
                "😀",
                "🏴\udb40\udc67",
                "\""),
            Arbitraries.strings().ofMinLength(1).ofMaxLength(3))
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts))
        .filter(text -> text.codePoints().noneMatch(TextTest::half));
  }

  private static boolean half(int character) {
    return Character.getType(character) == Character.SURROGATE || !Character.isDefined(character);
  }

  @Property(tries = 2_000)
  void eachFormOfATextIsItsOwnForm(@ForAll("texts") String text) {
    String normal = Text.normal(text);
    assertThat(Text.normal(normal)).isEqualTo(normal);
    String identity = Text.identity(text);
    assertThat(Text.identity(identity)).isEqualTo(identity);
    String folded = SearchText.of(text);
    assertThat(SearchText.of(folded)).isEqualTo(folded);
  }

  @Property(tries = 2_000)
  void aTextIsTheSameHoweverItIsComposedAndWhateverBlanksAreAroundIt(@ForAll("texts") String text) {
    String apart = "\u200b\u00a0" + Normalizer.normalize(text, Normalizer.Form.NFD) + " \ufeff";
    assertThat(Text.identity(apart)).isEqualTo(Text.identity(text));
    assertThat(SearchText.of(apart)).isEqualTo(SearchText.of(text));
    assertThat(Normalizer.isNormalized(Text.normal(text), Normalizer.Form.NFC)).isTrue();
  }

  /** What is one to an identity is one to a search: it may find more, never less. */
  @Property(tries = 2_000)
  void searchingFindsWhatIsTheSame(@ForAll("texts") String text) {
    assertThat(SearchText.of(Text.identity(text))).isEqualTo(SearchText.of(text));
    assertThat(SearchText.of(text.toUpperCase(Locale.ROOT))).isEqualTo(SearchText.of(text));
  }

  @Test
  void failure25_differentNamesStayDifferent() {
    assertThat(Text.identity("パス")).isNotEqualTo(Text.identity("バス"));
    assertThat(Text.identity("バス")).isNotEqualTo(Text.identity("ハス"));
    assertThat(Text.identity("Resume")).isNotEqualTo(Text.identity("Résumé"));
    assertThat(Text.identity("Ørsted")).isNotEqualTo(Text.identity("Orsted"));
    assertThat(Text.identity("हिंदी")).isNotEqualTo(Text.identity("हद"));
    assertThat(Text.identity("Anna-Lena")).isNotEqualTo(Text.identity("Anna Lena"));
  }

  @Test
  void failure25_theSameNameIsTheSameHoweverItIsWritten() {
    assertSame("Straße", "STRASSE", "straẞe");
    assertSame("ΟΔΟΣ", "οδος", "Οδός".replace("ό", "ο"));
    assertSame("Café  Wien", " cafe\u0301\u00a0WIEN ", "\u200bCAFÉ\u3000wien\ufeff");
    assertSame("Acme\u200b Inc", "acme inc", "Ac\u00adme Inc");
    assertSame("パス", "ハ\u309aス");
  }

  private static void assertSame(String one, String... others) {
    for (String other : others) {
      assertThat(Text.identity(other)).as(other).isEqualTo(Text.identity(one));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "نامه\u200cها", // Persian, with a joiner that keeps two letters apart
        "ക്\u200d", // Malayalam, with a joiner at its end
        "👩\u200d💻 Ada", // one sign of two
        "I ❤\ufe0f", // shown in color
        "🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f", // England's
        // flag
        "דנה \u200f(Ltd)\u200e" // brackets that turn with the letters
      })
  void failure29_whatShapesATextStays(String text) {
    assertThat(Text.normal(text)).isEqualTo(text);
  }

  @Test
  void failure29_blanksThatNobodySeesAreCutAtTheEnds() {
    assertThat(Text.normal("\ufeff\u00a0Ada\u200e\u200b \u3000")).isEqualTo("Ada");
    assertThat(Text.normal("\u2066\u200d\u034f")).isEmpty();
    assertThat(Text.normal("e\u0301te\u0301")).isEqualTo("été");
  }

  @Test
  void failure29_eachFormFindsTheOthers() {
    assertFinds("O'Brien", "O’Brien", "o‘brien", "OʼBRIEN", "O´Brien", "O`Brien", "O＇Brien");
    assertFinds("Jean-Luc", "Jean‐Luc", "JEAN–LUC", "Jean—Luc", "Jean−Luc", "jean‑luc");
    assertFinds("Lukʼyanenko", "Luk'yanenko");
    assertFinds("\"Acme\"", "“Acme”", "«ACME»", "„acme“", "'Acme'");
    assertFinds("José Álvarez", "jose alvarez", "JOSE\u0301 A\u0301LVAREZ");
    assertFinds("Søren Łuczak", "soren luczak", "SØREN ŁUCZAK");
    assertFinds("Đorđe Æsir", "dorde aesir");
    assertFinds("Straße", "strasse", "STRASSE");
    assertFinds("İpek Ilgaz", "ipek ılgaz", "IPEK ILGAZ");
    assertFinds("ΟΔΟΣ", "οδος", "οδός");
    assertFinds("ﬁnance", "Finance", "ＦＩＮＡＮＣＥ");
    assertFinds("ｶﾞｽ", "ガス", "カス");
    assertFinds("שָׁלוֹם", "שלום");
    assertFinds("مُحَمَّد", "محمد");
    assertFinds("Ångström", "A\u030angstro\u0308m", "ANGSTROM");
  }

  private static void assertFinds(String one, String... others) {
    for (String other : others) {
      assertThat(SearchText.of(other)).as(other).isEqualTo(SearchText.of(one));
    }
  }

  @Test
  void whatIsReadDifferentlyIsNotFound() {
    assertThat(SearchText.of("रामा")).isNotEqualTo(SearchText.of("राम"));
    assertThat(SearchText.of("10")).isNotEqualTo(SearchText.of("lO"));
    assertThat(SearchText.of("ー")).isNotEqualTo(SearchText.of("-"));
  }
}
