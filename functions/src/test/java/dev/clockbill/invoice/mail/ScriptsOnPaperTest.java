package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.FirmSettingsBuilder;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.mail.DrawnText.Drawn;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The PDF in the world's scripts: the right glyphs, joined, in their places and directions. */
class ScriptsOnPaperTest {
  private static final Offset<Float> HAIR = Offset.offset(0.01f);
  private static final Map<String, String> SCRIPTS = new LinkedHashMap<>();

  static {
    SCRIPTS.put("Chinese", "税务咨询服务（二〇二六年度），包括增值税申报");
    SCRIPTS.put("Japanese", "税務相談：決算書の作成およびパスポートサービス");
    SCRIPTS.put("Korean", "세무 상담 및 부가가치세 신고 서비스");
    SCRIPTS.put("Arabic", "خدمات المحاسبة الضريبية السنوية");
    SCRIPTS.put("Persian", "مشاوره مالیاتی و حسابداری");
    SCRIPTS.put("Hebrew", "שירותי ייעוץ מס והצהרת הון");
    SCRIPTS.put("Devanagari", "कर्तव्य कर परामर्श सेवा, क्षत्रिय हिन्दी प्रार्थना");
    SCRIPTS.put("Thai", "ที่ปรึกษาภาษีและบัญชี น้ำ กี่ ปั้น");
    SCRIPTS.put("Greek", "Φορολογικές συμβουλές");
    SCRIPTS.put("Cyrillic", "Налоговая консультация ґ ї");
    SCRIPTS.put("Armenian", "Հարկային խորհրդատվություն");
    SCRIPTS.put("Georgian", "საგადასახადო კონსულტაცია");
    SCRIPTS.put("Vietnamese", "Tư vấn thuế và kế toán");
    SCRIPTS.put("Bengali", "কর পরামর্শ সেবা, ক্ষত্রিয় প্রার্থনা।");
    SCRIPTS.put("Gujarati", "કર સલાહ સેવા, ક્ષત્રિય પ્રાર્થના");
    SCRIPTS.put("Gurmukhi", "ਟੈਕਸ ਸਲਾਹ ਸੇਵਾ, ਪ੍ਰਾਰਥਨਾ");
    SCRIPTS.put("Kannada", "ತೆರಿಗೆ ಸಲಹೆ ಸೇವೆ, ಕ್ಷತ್ರಿಯ");
    SCRIPTS.put("Malayalam", "നികുതി ഉപദേശം, പ്രാർത്ഥന");
    SCRIPTS.put("Odia", "କର ପରାମର୍ଶ ସେବା, କ୍ଷତ୍ରିୟ");
    SCRIPTS.put("Sinhala", "බදු උපදේශන සේවාව, ශ්‍රී");
    SCRIPTS.put("Tamil", "வரி ஆலோசனை சேவை, கொடுக்க");
    SCRIPTS.put("Telugu", "పన్ను సలహా సేవ, క్షత్రియ");
    SCRIPTS.put("Khmer", "ប្រឹក្សាពន្ធដារ ខ្ញុំ");
    SCRIPTS.put("Lao", "ທີ່ປຶກສາພາສີ");
    SCRIPTS.put("Burmese", "အခွန် အကြံပေး ကြောင့်");
    SCRIPTS.put("Amharic", "የግብር ምክር አገልግሎት");
    SCRIPTS.put("accents", "x̂ j̄ ə̀ ɔ́");
    SCRIPTS.put("emoji", "😀 👩‍💻 🇬🇧 👍🏽 ❤️ ☕");
  }

  private static byte[] printed(List<String> descriptions) {
    return InvoicePdf.sentBytes(
        PdfSamples.firm(),
        null,
        invoice(descriptions),
        PdfSamples.BASE,
        InvoicePdfStore.MOST_BYTES);
  }

  private static Invoice invoice(List<String> descriptions) {
    List<Line> lines =
        descriptions.stream()
            .map(each -> PdfSamples.time(each, PdfSamples.ISSUED, 65, 12_345))
            .toList();
    return PdfSamples.invoice("USD", lines, null, List.of(), "株式会社山田 مؤسسة النور");
  }

  private static DrawnText drawn(String description) {
    return DrawnText.of(printed(List.of(description)));
  }

  @Test
  void failure28_everyScriptIsPrintedAndCanBeReadAgain() throws Exception {
    byte[] pdf = printed(List.copyOf(SCRIPTS.values()));
    Path folder = Files.createDirectories(Project.path("functions/target/pdf"));
    Files.write(folder.resolve("scripts.pdf"), pdf);
    String text = PrintedPdf.of(pdf).text().replaceAll("\\s+", " ");
    SCRIPTS.forEach(
        (name, words) ->
            assertThat(text.replace(" ", "")).as(name).contains(words.replace(" ", "")));
    assertThat(text).contains("株式会社山田 مؤسسة النور").doesNotContain("□");
    assertThat(DrawnText.of(pdf).glyphs()).noneMatch(glyph -> glyph.code() == 0);
    assertThat(pdf.length).isLessThan(100_000);
    AccessiblePdf.check(pdf);
  }

  @Test
  void failure28_arabicLettersAreJoined() {
    List<Drawn> letters = drawn("ببب ب").of("ب");
    assertThat(letters).hasSize(4);
    // At the end, in the middle, at the beginning and alone a letter looks different.
    assertThat(letters.stream().map(Drawn::code)).doesNotHaveDuplicates();
  }

  @Test
  void failure28_devanagariIsConjoinedAndReordered() {
    // Ka, virama and ssa make one sign, and so does a consonant with the vowel sign before it.
    assertThat(drawn("क्षत्रिय").of("क्ष", "त्रि", "य"))
        .extracting(Drawn::says)
        .containsExactly("क्ष", "त्रि", "य");
    // The sign of the short i stands before its consonant and widens it.
    DrawnText drawn = drawn("क कि");
    assertThat(drawn.of("कि").getFirst().width()).isGreaterThan(drawn.of("क").getFirst().width());
  }

  @Test
  void failure28_indicScriptsAreConjoinedAndReordered() {
    for (String conjoined : List.of("ক্ষ", "ક્ષ", "க்ஷ", "క్ష", "ಕ್ಷ", "କ୍ଷ")) {
      assertThat(drawn(conjoined).of(conjoined)).as(conjoined).hasSize(1);
    }
    // The first of the two parts of this sign stands before its consonant.
    DrawnText tamil = drawn("க கொ");
    assertThat(tamil.of("கொ").getFirst().width())
        .isGreaterThan(tamil.of("க").getFirst().width() * 2);
  }

  @Test
  void failure28_hanCharactersHaveTheFormsOfTheirCountry() {
    List<Drawn> bones = DrawnText.of(printed(List.of("骨の", "骨", "骨ヲ"))).of("骨");
    assertThat(bones.get(0).code()).isEqualTo(bones.get(2).code());
    assertThat(bones.get(0).code()).isNotEqualTo(bones.get(1).code());
    FirmSettings inJapan = FirmSettingsBuilder.builder(PdfSamples.firm()).currency("JPY").build();
    byte[] there =
        InvoicePdf.sentBytes(
            inJapan,
            null,
            invoice(List.of("骨の", "骨")),
            PdfSamples.BASE,
            InvoicePdfStore.MOST_BYTES);
    assertThat(DrawnText.of(there).of("骨").stream().map(Drawn::code).distinct()).hasSize(1);
  }

  @Test
  void failure28_anAccentStandsOnItsLetter() {
    DrawnText drawn = drawn("x x\u0302");
    assertThat(drawn.of("x\u0302").getFirst().width())
        .isCloseTo(drawn.of("x").getFirst().width(), Offset.offset(0.1f));
  }

  @Test
  void failure28_marksOfThaiAndHebrewTakeNoRoomOfTheirOwn() {
    DrawnText thai = drawn("ท ที่");
    assertThat(thai.of("ที่").getFirst().width()).isCloseTo(thai.of("ท").getFirst().width(), HAIR);
    DrawnText hebrew = drawn("ש שָׁ");
    assertThat(hebrew.of("שָׁ").getFirst().width())
        .isCloseTo(hebrew.of("ש").getFirst().width(), HAIR);
  }

  @Test
  void failure28_hebrewAndArabicRunFromRightToLeftWithNumbersAndLatinInThem() {
    assertThat(says(drawn("אבג 106 XYZ (דהו)").of("א", "ב", "ג", "1", "6", "X", "Y", "ד", "ו")))
        .contains("ודXY16גבא");
    assertThat(says(drawn("Files of אבג 106, XYZ").of("א", "ב", "ג", "1", "6", "X", "Y", "F")))
        .contains("F16גבאXY");
    List<Drawn> brackets = drawn("אב (גד)").of("(", ")", "ג", "א");
    assertThat(says(brackets)).contains("(ג)א");
  }

  private static String says(List<Drawn> glyphs) {
    StringBuilder said = new StringBuilder();
    glyphs.forEach(glyph -> said.append(glyph.says()));
    return said.toString();
  }

  @Test
  void failure28_linesEndWhereTheScriptAllowsIt() {
    String chinese = "税务咨询服务包括增值税申报账簿审核以及与税务机关的往来函件处理。".repeat(3);
    String thai = "ที่ปรึกษาภาษีและบัญชีสำหรับบริษัทจำกัดรวมการยื่นแบบภาษีเงินได้นิติบุคคล";
    for (String text : List.of(chinese, thai)) {
      List<Drawn> all =
          drawn(text).glyphs().stream()
              .filter(each -> text.contains(each.says()))
              .filter(each -> each.font().contains("Scripts"))
              .toList();
      assertThat(all.stream().map(Drawn::y).distinct().count()).isGreaterThan(1);
      assertThat(all).allMatch(each -> each.x() + each.width() < 310);
      assertThat(all.stream().filter(each -> each.says().equals("。")))
          .allMatch(stop -> stop.x() > 60);
    }
  }

  @Test
  void failure28_whatNoFontHasIsVisiblyMissing() {
    assertThat(PrintedPdf.of(printed(List.of("a \u16a0 b \ue123 c"))).text()).contains("a □ b □ c");
  }

  @Test
  void failure28_whatNoFontHasIsKnownBeforeItIsPrinted() {
    assertThat(missing(List.copyOf(SCRIPTS.values()))).isEmpty();
    assertThat(missing(List.of("a \u16a0 b \ue123 c \u16a0", "x\u0302 \u13a0")))
        .containsExactly("\ue123", "\u16a0", "\u13a0");
  }

  private static Set<String> missing(List<String> descriptions) {
    return InvoicePdf.missing(PdfSamples.firm(), invoice(descriptions), PdfSamples.BASE);
  }

  @Test
  void failure28_aHangulSyllableThatNoFontHasShowsNothingElse() {
    String text = PrintedPdf.of(printed(List.of("税务 x\uac00\u1ab0y"))).text();
    assertThat(text).contains("税务 x□y");
  }

  @Test
  void failure28_thousandsOfIdeographsStaySmallEnoughToBeKept() {
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < 80; line++) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < 250; at++) {
        text.append((char) (0x4e00 + (line * 250 + at) % 20_000));
      }
      lines.add(text.toString());
    }
    assertThat(printed(lines).length).isLessThan(InvoicePdfStore.MOST_BYTES);
  }

  @Test
  void fiveHundredLinesArePrintedWellWithinAFunctionsTime() throws Exception {
    List<String> lines = new ArrayList<>();
    List<String> words = List.copyOf(SCRIPTS.values());
    for (int line = 0; line < 500; line++) {
      lines.add(line % 5 == 0 ? words.get(line / 5 % words.size()) : "Bookkeeping, part " + line);
    }
    long before = cpu();
    byte[] pdf = printed(lines);
    Duration took = Duration.ofNanos(cpu() - before);
    assertThat(took).isLessThan(Duration.ofSeconds(8));
    assertThat(pdf.length).isLessThan(InvoicePdfStore.MOST_BYTES);
    PrintedPdf read = PrintedPdf.of(pdf);
    assertThat(read.text()).contains("Bookkeeping, part 499").doesNotContain("□");
    int pages = read.pages().size();
    assertThat(read.pages().getLast()).contains("Page " + pages + " of " + pages);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
