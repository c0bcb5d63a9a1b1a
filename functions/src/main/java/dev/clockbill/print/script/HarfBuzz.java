package dev.clockbill.print.script;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * HarfBuzz, the library that browsers lay out text with: it finds the glyphs for a text of one font
 * and one direction, and their places. It was compiled to WebAssembly by the project harfbuzzjs and
 * from that to Java's classes by the build, so that it needs no native library and runs wherever
 * the functions do.
 *
 * <p>There is one, made when it is first needed. It does one thing at a time.
 */
final class HarfBuzz {
  private static final int PAGE = 65_536;

  // hb-buffer.h: hb_direction_t, hb_memory_mode_t, and the sizes of its two structures.
  private static final int LEFT_TO_RIGHT = 4;
  private static final int RIGHT_TO_LEFT = 5;
  private static final int READ_ONLY = 1;
  private static final int STRUCTURE = 20;

  private final Instance code;
  private final Memory memory;
  private final Map<String, ExportFunction> functions = new HashMap<>();

  private HarfBuzz() {
    HarfBuzzCode compiled = new HarfBuzzCode();
    this.code =
        Instance.builder(compiled.wasmModule())
            .withMachineFactory(compiled.machineFactory())
            .withImportValues(imports(compiled))
            .build();
    this.memory = code.memory();
    call("__wasm_call_ctors");
  }

  private static final class Only {
    private static final HarfBuzz INSTANCE = new HarfBuzz();

    private Only() {}
  }

  static HarfBuzz instance() {
    return Only.INSTANCE;
  }

  /**
   * A glyph in its place.
   *
   * @param id in its font
   * @param at where the text that it stands for begins, in UTF-16 units
   * @param advance how far the next one is, in the font's units
   * @param x to the right of where the pen is
   * @param y above the base line
   */
  record Glyph(int id, int at, int advance, int x, int y) {}

  /** Takes a font's file and answers the number by which {@link #shape} knows it. */
  synchronized int font(byte[] file) {
    int bytes = copied(file);
    int blob = call("hb_blob_create", bytes, file.length, READ_ONLY, 0, 0);
    int face = call("hb_face_create", blob, 0);
    return call("hb_font_create", face);
  }

  /**
   * The glyphs of a text from left to right.
   *
   * @param font by its number
   * @param text of one script
   */
  synchronized List<Glyph> shape(int font, String text, boolean rightToLeft) {
    int characters = copied(text.getBytes(StandardCharsets.UTF_16LE));
    int buffer = call("hb_buffer_create");
    try {
      call("hb_buffer_add_utf16", buffer, characters, text.length(), 0, text.length());
      call("hb_buffer_set_direction", buffer, rightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
      call("hb_buffer_guess_segment_properties", buffer);
      call("hb_shape", font, buffer, 0, 0);
      int count = call("hb_buffer_get_length", buffer);
      int glyph = call("hb_buffer_get_glyph_infos", buffer, 0);
      int place = call("hb_buffer_get_glyph_positions", buffer, 0);
      List<Glyph> glyphs = new ArrayList<>(count);
      for (int at = 0; at < count; at++, glyph += STRUCTURE, place += STRUCTURE) {
        glyphs.add(
            new Glyph(
                memory.readInt(glyph),
                memory.readInt(glyph + 8),
                memory.readInt(place),
                memory.readInt(place + 8),
                memory.readInt(place + 12)));
      }
      return glyphs;
    } finally {
      call("hb_buffer_destroy", buffer);
      call("free", characters);
    }
  }

  private int copied(byte[] bytes) {
    int address = call("malloc", bytes.length);
    memory.write(address, bytes);
    return address;
  }

  private int call(String name, long... arguments) {
    long[] result =
        functions
            .computeIfAbsent(name, missing -> code.exports().function(missing))
            .apply(arguments);
    return result == null || result.length == 0 ? 0 : (int) result[0];
  }

  /**
   * What it asks of its surroundings: more memory, and nothing else that happens while it shapes.
   */
  private static ImportValues imports(HarfBuzzCode compiled) {
    ImportValues.Builder imports = ImportValues.builder();
    compiled.wasmModule().importSection().stream()
        .filter(each -> each.importType() == ExternalType.FUNCTION)
        .map(FunctionImport.class::cast)
        .forEach(
            each ->
                imports.addFunction(
                    new HostFunction(
                        each.module(),
                        each.name(),
                        compiled.wasmModule().typeSection().getType(each.typeIndex()),
                        (instance, arguments) -> asked(each.name(), instance, arguments))));
    return imports.build();
  }

  private static long[] asked(String name, Instance instance, long... arguments) {
    if (!"emscripten_resize_heap".equals(name)) {
      throw new IllegalStateException("HarfBuzz asked for " + name);
    }
    Memory memory = instance.memory();
    int pages = (int) ((Integer.toUnsignedLong((int) arguments[0]) + PAGE - 1) / PAGE);
    return new long[] {memory.grow(pages - memory.pages()) < 0 ? 0 : 1};
  }
}
