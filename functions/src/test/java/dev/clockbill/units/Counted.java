package dev.clockbill.units;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link UnitsTest} counted of each operation, by function. */
final class Counted {
  private static final Map<String, Map<String, Units>> OPERATIONS = read();

  private Counted() {}

  /** Read and write units of DynamoDB. */
  record Units(BigDecimal read, BigDecimal write) {
    static final Units NONE = new Units(BigDecimal.ZERO, BigDecimal.ZERO);

    Units plus(Units other) {
      return new Units(read.add(other.read), write.add(other.write));
    }

    Units times(BigDecimal count) {
      return new Units(read.multiply(count), write.multiply(count));
    }

    /** From text such as {@code 3 read, at most 40 write}. */
    private static Units of(String text) {
      String[] both = text.replace("at most ", "").split("[ ,]+");
      return new Units(new BigDecimal(both[0]), new BigDecimal(both[2]));
    }
  }

  /** The functions that an operation runs, with what each consumes. */
  static Map<String, Units> of(String operation) {
    if (!OPERATIONS.containsKey(operation)) {
      throw new IllegalArgumentException("nobody has counted \"" + operation + "\"");
    }
    return OPERATIONS.get(operation);
  }

  /** What one function of an operation consumes. */
  static Units of(String operation, String function) {
    Units units = of(operation).get(function);
    if (units == null) {
      throw new IllegalArgumentException(operation + " does not run " + function);
    }
    return units;
  }

  /** The write units that an operation has in an index, whatever function writes. */
  static double written(String operation, String index) {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(operation) + ": .*?\\b" + index + " ([\\d.]+)")
            .matcher(UnitsTest.WRITTEN);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private static Map<String, Map<String, Units>> read() {
    Map<String, Map<String, Units>> operations = new LinkedHashMap<>();
    for (String line : UnitsTest.UNITS.strip().split("\n")) {
      int colon = line.indexOf(": ");
      Map<String, Units> functions = new LinkedHashMap<>();
      Arrays.stream(line.substring(colon + 2).split("; "))
          .forEach(
              each -> {
                int space = each.indexOf(' ');
                functions.put(each.substring(0, space), Units.of(each.substring(space + 1)));
              });
      operations.put(line.substring(0, colon), functions);
    }
    return operations;
  }
}
